#include "source/input_buffer.h"

#include <cstring>
#include <utility>

namespace tcpwhy::source {

namespace {

// Large enough that a system call costs nothing per packet, small enough for a processor's cache;
// see file_stream.cpp for the measurement.
constexpr std::size_t initial_capacity = std::size_t{1} << 20;
// With less room than this at its end the buffer is worth compacting.
constexpr std::size_t smallest_read = std::size_t{1} << 16;

}  // namespace

InputBuffer::InputBuffer(std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)) {}

InputBuffer::InputBuffer(std::span<const std::uint8_t> memory)
    : cursor_(memory.data()),
      end_(memory.data() + memory.size()),
      end_offset_(memory.size()),
      ended_(true) {}

// Moving to the front happens only when at most half of the buffer is still wanted, and growing
// doubles; so each byte is moved a bounded number of times, whatever lengths a file claims.
void InputBuffer::make_room() {
    const auto have = static_cast<std::size_t>(end_ - cursor_);
    const std::size_t used = storage_ ? static_cast<std::size_t>(end_ - storage_.get()) : 0;
    if (capacity_ - used >= smallest_read) return;
    if (have <= capacity_ / 2 && capacity_ != 0) {
        if (have != 0) std::memmove(storage_.get(), cursor_, have);
    } else if (used < capacity_) {
        return;
    } else {
        const std::size_t grown = capacity_ == 0 ? initial_capacity : 2 * capacity_;
        auto larger = std::make_unique_for_overwrite<std::uint8_t[]>(grown);
        if (have != 0) std::memcpy(larger.get(), cursor_, have);
        storage_ = std::move(larger);
        capacity_ = grown;
    }
    cursor_ = storage_.get();
    end_ = cursor_ + have;
}

Result<std::size_t> InputBuffer::fill_slowly(std::size_t want) {
    while (static_cast<std::size_t>(end_ - cursor_) < want && !ended_) {
        make_room();
        const auto used = static_cast<std::size_t>(end_ - storage_.get());
        auto count = stream_->read({storage_.get() + used, capacity_ - used});
        if (!count) return tl::unexpected<Error>(std::move(count.error()));
        if (*count == 0) ended_ = true;
        end_ += *count;
        end_offset_ += *count;
    }
    return static_cast<std::size_t>(end_ - cursor_);
}

}  // namespace tcpwhy::source
