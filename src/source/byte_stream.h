// Bytes in order, from wherever they come: a file, a pipe, a decompressor.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "tcpwhy/result.h"

namespace tcpwhy::source {

/// Bytes that are read once, front to back. Called once per refill of an InputBuffer.
class ByteStream {
public:
    ByteStream() = default;
    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;
    virtual ~ByteStream() = default;

    /// Puts the next bytes at the front of `room` and returns how many; 0 only at the end.
    /// REQUIRES: room is not empty. Errors: io.
    [[nodiscard]] virtual Result<std::size_t> read(std::span<std::uint8_t> room) = 0;

    /// How far into the file on disk the first `delivered` bytes of this stream reach.
    [[nodiscard]] virtual std::uint64_t file_offset(std::uint64_t delivered) const {
        return delivered;
    }

    /// Once read() has returned 0: why the stream ended before its time, or empty.
    [[nodiscard]] virtual std::string damage() const { return {}; }
};

/// A file, pipe or device that is open for reading.
struct OpenFile {
    std::unique_ptr<ByteStream> stream;
    std::uint64_t size = 0;  ///< bytes from here to the end; 0 = unknown
};

/// Opens `path` for reading; "-" is standard input, which stays open afterwards.
/// Errors: not_found, permission; usage for what can never be a capture (a directory, a socket, a
/// terminal); io.
[[nodiscard]] Result<OpenFile> open_file(const std::string& path);

/// A path as a message may show it: control characters are replaced, other bytes kept (names are
/// often UTF-8); "-" is "standard input".
[[nodiscard]] std::string name_to_show(const std::string& path);

}  // namespace tcpwhy::source
