"""Pictures of a few kilobytes that would take seconds, or hundreds of megabytes, to decode."""


def many_scans(size, scans):
    """Return a progressive JPEG gone through so many times, each time in some ten bytes."""
    width, height = size
    blocks = -(-width // 8) * -(-height // 8)
    whole = [b"\xff\xd8", segment(0xDB, b"\0" + b"\1" * 64)]
    parts = b"".join(bytes([one, 0x11, 0]) for one in (1, 2, 3))
    frame = b"\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\x03"
    whole.append(segment(0xC2, frame + parts))
    one_code = bytes([1, *[0] * 15])
    whole.append(segment(0xC4, b"\0" + one_code + b"\0"))
    whole.append(segment(0xC4, b"\x10" + one_code + b"\xe0"))  # « nothing in the next blocks »
    whole.append(segment(0xDA, b"\x03\x01\0\x02\0\x03\0\0\0\0"))
    bits = ("0" + "1" * 14) * (blocks // 32_767 + 1)
    bits += "1" * (-len(bits) % 8)
    nothing = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")
    again = (segment(0xDA, bytes([1, one % 3 + 1, 0, 1, 63, 0x10])) for one in range(scans))
    return b"".join([*whole, *(scan + nothing for scan in again), b"\xff\xd9"])


def segment(kind, content):
    return bytes([0xFF, kind]) + (len(content) + 2).to_bytes(2, "big") + content
