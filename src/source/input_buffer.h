// A window over a stream: the next bytes of a capture, contiguous.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "source/byte_stream.h"
#include "tcpwhy/result.h"

namespace tcpwhy::source {

/// The next bytes of a stream, or of memory, side by side. Readers look at view(), take from its
/// front with skip(), and call fill() when they need more than is there; only fill() makes a
/// virtual call, and only fill() moves bytes, so pointers into view() stay valid until then.
class InputBuffer {
public:
    explicit InputBuffer(std::unique_ptr<ByteStream> stream);
    /// Over memory that outlives this; nothing is copied.
    explicit InputBuffer(std::span<const std::uint8_t> memory);

    /// What is buffered from the cursor on.
    [[nodiscard]] std::span<const std::uint8_t> view() const { return {cursor_, end_}; }

    /// Reads until at least `want` bytes are buffered or the stream ends; returns how many are.
    /// The buffer grows where it must, but only as far as bytes really arrive. Errors: io.
    [[nodiscard]] Result<std::size_t> fill(std::size_t want) {
        const auto have = static_cast<std::size_t>(end_ - cursor_);
        if (have >= want || ended_) return have;
        return fill_slowly(want);
    }

    /// Moves the cursor forward. REQUIRES: count <= view().size().
    void skip(std::size_t count) { cursor_ += count; }

    /// The cursor's place in the stream, from 0.
    [[nodiscard]] std::uint64_t offset() const {
        return end_offset_ - static_cast<std::uint64_t>(end_ - cursor_);
    }
    /// The cursor's place in the file on disk, which differs where the stream is a decompressor.
    [[nodiscard]] std::uint64_t file_offset() const {
        return stream_ ? stream_->file_offset(offset()) : offset();
    }
    /// Why the stream ended before its time, or empty. Meaningful once fill() fell short.
    [[nodiscard]] std::string damage() const { return stream_ ? stream_->damage() : std::string(); }

private:
    Result<std::size_t> fill_slowly(std::size_t want);
    void make_room();

    std::unique_ptr<ByteStream> stream_;
    std::unique_ptr<std::uint8_t[]> storage_;
    std::size_t capacity_ = 0;
    const std::uint8_t* cursor_ = nullptr;
    const std::uint8_t* end_ = nullptr;
    std::uint64_t end_offset_ = 0;  ///< how many bytes have come in so far
    bool ended_ = false;
};

}  // namespace tcpwhy::source
