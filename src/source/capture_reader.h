// What the readers of the two file formats have in common.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "packet/raw_packet.h"
#include "source/input_buffer.h"
#include "source/packet_source.h"
#include "tcpwhy/result.h"

namespace tcpwhy::source {

/// No packet is longer: libpcap's limit for the link types with the largest ones (USB, D-Bus).
inline constexpr std::uint32_t longest_packet = 128U << 20;

/// No packet of a network is longer: libpcap's limit for every other link type. Beyond it a
/// damaged header is as likely as a packet.
inline constexpr std::uint32_t longest_common_packet = 256U << 10;

/// A capture on its way from bytes to packets.
struct CaptureInput {
    InputBuffer bytes;
    CaptureInfo info{};
    bool uncompressed = false;  ///< `bytes` come out of a decompressor
    std::uint64_t warning_count = 0;

    /// Adds to info.warnings; beyond the first twenty only their number is kept.
    void warn(std::string warning);
    /// To be called at the end of the bytes: says so if they ended before their time.
    void warn_of_early_end();
    /// The cursor's place: "byte 4711", or "byte 4711 of the uncompressed content".
    [[nodiscard]] std::string place() const { return place(bytes.offset()); }
    [[nodiscard]] std::string place(std::uint64_t offset) const;
};

/// Takes packets out of a CaptureInput, which outlives it.
class CaptureReader {
public:
    CaptureReader() = default;
    CaptureReader(const CaptureReader&) = delete;
    CaptureReader& operator=(const CaptureReader&) = delete;
    virtual ~CaptureReader() = default;

    /// As PacketSource::next(), unfiltered and uncounted. `batch` is not empty.
    [[nodiscard]] virtual Result<std::size_t> read(std::span<RawPacket> batch) = 0;
    /// Reads as far as needed to say which link type the first packets have, at most to the
    /// first packet. Errors: io.
    [[nodiscard]] virtual Result<std::optional<LinkType>> first_link_type() = 0;
};

/// Opens the reader for what `input` begins with and fills in info.format and info.interfaces.
/// nullptr where it is of another format. Errors: corrupt for a header that is cut off or
/// impossible; io.
[[nodiscard]] Result<std::unique_ptr<CaptureReader>> open_pcap(CaptureInput& input);
[[nodiscard]] Result<std::unique_ptr<CaptureReader>> open_pcapng(CaptureInput& input);

/// Moves the cursor to the next place where `is_match(rest)` holds and says whether there is one;
/// otherwise to the end. `is_match` gets at least `lookahead` bytes, or all that remain.
/// Errors: io.
template <typename Predicate>
[[nodiscard]] Result<bool> skip_to(InputBuffer& bytes, std::size_t lookahead, Predicate is_match) {
    for (;;) {
        const auto have = bytes.fill(2 * lookahead);
        if (!have) return tl::unexpected<Error>(have.error());
        const bool last = *have < 2 * lookahead;
        const std::size_t tries = last ? *have : *have - lookahead;
        const auto view = bytes.view();
        for (std::size_t at = 0; at < tries; ++at) {
            if (!is_match(view.subspan(at))) continue;
            bytes.skip(at);
            return true;
        }
        bytes.skip(tries);
        if (last) return false;
    }
}

}  // namespace tcpwhy::source
