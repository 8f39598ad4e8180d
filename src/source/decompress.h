// Compressed captures: what they are compressed with, and the bytes that come out.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "source/byte_stream.h"
#include "source/input_buffer.h"

namespace tcpwhy::source {

enum class Compression : std::uint8_t { none, gzip, zstd, lz4 };

/// What these first bytes of a file say; `none` where they say nothing.
[[nodiscard]] Compression compression_of(std::span<const std::uint8_t> head);

/// "gzip", "zstd", "lz4"; "" for none.
[[nodiscard]] std::string_view to_string(Compression compression);

/// The bytes that `compressed` holds. Members and frames that follow each other are one stream.
/// Cut-off or damaged data end the stream early and are told by damage(); they are no Error.
/// REQUIRES: compression is not none.
[[nodiscard]] std::unique_ptr<ByteStream> decompress(Compression compression,
                                                     InputBuffer compressed);

}  // namespace tcpwhy::source
