"""System calls that are known and refused: they fail with EPERM, so that Python says so plainly.

What neither this list nor `granted` knows fails with ENOSYS, as on an older system, and libraries
fall back on what they used before. `clone3` is not here for that reason: its flags are in memory,
where no filter reads them, and `clone` serves as well.
"""

from __future__ import annotations

from iprof_kit.base.names import words_in

REFUSED: dict[str, tuple[str, ...]] = {
    "other processes": words_in(
        "kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open pidfd_getfd "
        "pidfd_send_signal ptrace process_vm_readv process_vm_writev process_madvise "
        "process_mrelease kcmp setpgid setsid getpgid getsid get_robust_list move_pages "
        "migrate_pages wait4 waitid"
    ),
    "programs and processes": words_in("execve execveat fork vfork pipe pipe2"),
    "addresses and connections": words_in("socket connect bind listen sendmmsg recvmmsg"),
    "rights over files": words_in(
        "chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat setxattr lsetxattr "
        "fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat utime utimes "
        "utimensat futimesat umask truncate link linkat symlink symlinkat mknod mknodat flock "
        "name_to_handle_at open_by_handle_at fallocate"
    ),
    "what others do to files": words_in(
        "inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_init "
        "fanotify_mark mincore cachestat"
    ),
    "shared and hidden memory": words_in(
        "memfd_create memfd_secret shmget shmat shmdt shmctl semget semop semtimedop semctl "
        "msgget msgsnd msgrcv msgctl mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify "
        "mq_getsetattr mlock mlock2 mlockall remap_file_pages userfaultfd vmsplice tee splice"
    ),
    "limits, priority and place": words_in(
        "setrlimit setpriority getpriority sched_setaffinity sched_setparam sched_setattr "
        "ioprio_set ioprio_get mbind set_mempolicy personality set_mempolicy_home_node"
    ),
    "users and powers": words_in(
        "setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset "
        "seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self"
    ),
    "name spaces and mounts": words_in(
        "unshare setns chroot pivot_root mount umount2 fsopen fsconfig fsmount fspick open_tree "
        "move_mount mount_setattr statmount listmount sethostname setdomainname quotactl "
        "quotactl_fd"
    ),
    "timers and signals as files": words_in(
        "timer_create timer_settime timer_delete setitimer alarm timerfd_create timerfd_settime "
        "signalfd signalfd4"
    ),
    "the machine": words_in(
        "io_uring_setup io_uring_enter io_uring_register io_setup io_submit bpf perf_event_open "
        "keyctl add_key request_key syslog reboot swapon swapoff acct init_module finit_module "
        "delete_module kexec_load kexec_file_load settimeofday clock_settime adjtimex "
        "clock_adjtime iopl ioperm modify_ldt vhangup lookup_dcookie sync syncfs"
    ),
}
