// What the three decompressors have in common.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "source/byte_stream.h"
#include "source/input_buffer.h"

namespace tcpwhy::source {

/// Feeds a decompressing library from an InputBuffer and turns what goes wrong into words.
class Decompressor : public ByteStream {
public:
    Decompressor(std::string_view name, InputBuffer compressed)
        : name_(name), compressed_(std::move(compressed)) {}

    Result<std::size_t> read(std::span<std::uint8_t> room) final;
    [[nodiscard]] std::uint64_t file_offset(std::uint64_t /*delivered*/) const final {
        return compressed_.offset();
    }
    [[nodiscard]] std::string damage() const final { return damage_; }

protected:
    /// What one call of the library did.
    struct Step {
        std::size_t consumed = 0;
        std::size_t produced = 0;
        bool within_unit = false;       ///< a member or frame has begun and not ended
        const char* failure = nullptr;  ///< the library's words; static text
    };
    /// Decompresses from `from` (empty at the end of the input) into `room`.
    virtual Step step(std::span<const std::uint8_t> from, std::span<std::uint8_t> room) = 0;

private:
    void end_at_failure(const char* failure);

    std::string_view name_;
    InputBuffer compressed_;
    std::string damage_;
    bool within_unit_ = true;  ///< until the first unit is complete
    bool ended_ = false;
};

}  // namespace tcpwhy::source
