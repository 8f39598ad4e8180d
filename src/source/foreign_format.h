// What a file is that is no capture this program reads.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "tcpwhy/result.h"

namespace tcpwhy::source {

/// The Error for a file that begins with `head` and was recognized as neither pcap nor pcapng:
/// the name of its format where that is known, else how it begins; and what to do.
/// `name` as it is to be shown. Kind: corrupt.
[[nodiscard]] Error not_a_capture(const std::string& name, std::span<const std::uint8_t> head);

}  // namespace tcpwhy::source
