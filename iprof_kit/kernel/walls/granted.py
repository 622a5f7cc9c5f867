"""The system calls that a kernel is granted: names, why, and with which arguments.

All others are refused: `refused` lists those that are known, a newer one does not exist here. The
list was traced from every screen on every tested Python (`tools/trace_calls.py` traces it anew) and
is printed in `docs/security.md`; both are tested against the filter itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.base.names import words_in

_INT = 0xFFFFFFFF
"""The kernel reads an `int` in the lower half of the register: the filter too."""
_ALL = 0xFFFFFFFFFFFFFFFF


@dataclass(frozen=True)
class Check:
    """One argument, seen through a mask, must be a value."""

    argument: int
    mask: int
    value: int


Checks = tuple[Check, ...]
"""All of them must hold."""


@dataclass(frozen=True)
class Grant:
    """Calls granted for one reason.

    `only` says in words what `when` says in checks; one of `when` must hold, where there is any.
    """

    names: tuple[str, ...]
    why: str
    only: str = ""
    when: tuple[Checks, ...] = ()


def _one_of(argument: int, *values: int, mask: int = _INT) -> tuple[Checks, ...]:
    return tuple((Check(argument, mask, value),) for value in values)


_THREAD = 0x003D0F00
"""CLONE_VM, FS, FILES, SIGHAND, THREAD, SYSVSEM, SETTLS, PARENT_SETTID, CHILD_CLEARTID."""
_DETACHED = 0x00400000
"""Without effect since Linux 2.6.2; musl still says it."""
_ACCMODE, _WRONLY, _RDWR, _TRUNC, _ASYNC = 0o3, 0o1, 0o2, 0o1000, 0o20000
_LOCKED, _HUGE = 0x2000, 0x40000


def _no_truncation_by_reading(flags: int) -> tuple[Checks, ...]:
    return (
        (Check(flags, _TRUNC, 0),),
        (Check(flags, _ACCMODE, _WRONLY),),
        (Check(flags, _ACCMODE, _RDWR),),
    )


_FILES = (
    Grant(
        ("open",),
        "files are opened; Landlock says which",
        "never truncated by opening to read",
        _no_truncation_by_reading(1),
    ),
    Grant(
        ("openat",),
        "the same, as current libraries ask it",
        "never truncated by opening to read",
        _no_truncation_by_reading(2),
    ),
    Grant(
        words_in(
            "read readv pread64 preadv write writev pwrite64 pwritev lseek close close_range "
            "dup dup2 dup3 fsync fdatasync fadvise64"
        ),
        "what is open is read, written, closed",
    ),
    Grant(
        words_in(
            "stat lstat fstat newfstatat statx access faccessat faccessat2 getdents "
            "getdents64 getcwd chdir readlink readlinkat"
        ),
        "imports look for modules; folders are listed where Landlock lets them be",
    ),
    Grant(
        words_in("mkdir mkdirat rmdir unlink unlinkat rename renameat ftruncate"),
        "temporary files in one's own folder",
    ),
    Grant(("renameat2",), "`rename` on machines without the older call", "no flag", _one_of(4, 0)),
    Grant(
        ("fcntl",),
        "handles are copied, and kept from programs",
        "F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL",
        _one_of(1, 0, 1030, 1, 2, 3),
    ),
    Grant(
        ("ioctl",),
        "whether a file is a terminal; a socket that waits or not",
        "TCGETS, TCGETS2, TIOCGWINSZ, FIONBIO, FIONREAD, FIOCLEX, FIONCLEX",
        _one_of(1, 0x5401, 0x802C542A, 0x5413, 0x5421, 0x541B, 0x5451, 0x5450),
    ),
)
_MEMORY = (
    Grant(
        ("mmap",),
        "memory, and libraries loaded late",
        "neither locked nor of the reserved large pages",
        ((Check(3, _LOCKED | _HUGE, 0),),),
    ),
    Grant(("munmap", "mremap", "mprotect", "brk"), "memory is given back, grown, made read-only"),
    Grant(
        ("madvise",),
        "memory is given back before it is needed elsewhere",
        "NORMAL, RANDOM, SEQUENTIAL, WILLNEED, DONTNEED, FREE, HUGEPAGE, NOHUGEPAGE, DONTDUMP: "
        "no page is shared with other processes",
        _one_of(2, 0, 1, 2, 3, 4, 8, 14, 15, 16),
    ),
)
_ITSELF = (
    Grant(
        ("clone",),
        "threads, of typst and of libraries",
        "the flags of a thread: no process, no name space",
        ((Check(0, _INT & ~_DETACHED, _THREAD),),),
    ),
    Grant(
        ("futex",),
        "threads wait for each other",
        "WAIT, WAKE, REQUEUE, CMP_REQUEUE, WAKE_OP, WAIT_BITSET, WAKE_BITSET: no priority passed "
        "on",
        _one_of(1, 0, 1, 3, 4, 5, 9, 10, mask=_INT & ~0x180),
    ),
    Grant(
        words_in("set_robust_list rseq sched_yield gettid exit exit_group"),
        "threads begin, give way and end; the process ends",
    ),
    Grant(
        words_in("rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack restart_syscall"),
        "signals that this process receives",
    ),
    Grant(
        words_in(
            "getpid getppid getuid geteuid getgid getegid getpgrp uname sysinfo getrusage "
            "times getcpu sched_getaffinity"
        ),
        "what this process and this machine are",
    ),
    Grant(
        ("prlimit64",),
        "the size of a stack is read",
        "its own limits, to read them",
        ((Check(0, _INT, 0), Check(2, _ALL, 0)),),
    ),
    Grant(("getrlimit",), "the same, as older libraries ask it"),
    Grant(("prctl",), "threads have names", "PR_SET_NAME, PR_GET_NAME", _one_of(0, 15, 16)),
    Grant(
        words_in(
            "clock_gettime clock_getres gettimeofday time nanosleep clock_nanosleep getrandom"
        ),
        "time and chance",
    ),
)
_PAIR = (
    Grant(
        ("sendto",),
        "speaking on the sockets that the server gave",
        "no address: where the socket leads already",
        ((Check(4, _ALL, 0),),),
    ),
    Grant(
        words_in(
            "recvfrom sendmsg recvmsg getsockname getpeername getsockopt shutdown poll ppoll "
            "select pselect6"
        ),
        "listening and waiting on them; none can be opened",
    ),
)
_ZEROMQ = (
    Grant(("accept4", "accept"), "the server's connections to the sockets that listen already"),
    Grant(("setsockopt",), "options of these connections"),
    Grant(
        words_in("eventfd2 epoll_create1 epoll_ctl epoll_wait epoll_pwait"),
        "ZeroMQ's and asyncio's threads wake each other",
    ),
    Grant(("socketpair",), "an asyncio loop wakes itself", "AF_UNIX", _one_of(0, 1)),
    Grant(
        ("fcntl",),
        "these connections do not wait",
        "F_SETFL without O_ASYNC",
        ((Check(1, _INT, 4), Check(2, _ASYNC, 0)),),
    ),
    Grant(("sched_getscheduler", "sched_getparam"), "ZeroMQ reads how its threads are scheduled"),
    Grant(
        ("sched_setscheduler",),
        "and sets it again, or stops",
        "SCHED_OTHER, which all have",
        _one_of(1, 0),
    ),
)

SESSION = (*_FILES, *_MEMORY, *_ITSELF, *_PAIR)
"""Of a session that speaks by one inherited socket pair."""
ORDINARY = (*SESSION, *_ZEROMQ)
"""Of an ordinary kernel, once its ZeroMQ sockets listen."""
