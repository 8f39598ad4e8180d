// Any bytes as a packet of any link type. The first two bytes choose the link type and how much the
// snaplen cut; the rest is the packet, then once more each of its halves, so that fragments meet.
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "packet/decode.h"

namespace {

using namespace tcpwhy;

void require(bool holds) {
    if (!holds) std::abort();
}

// What every reader of a segment may rely on, whatever was on the wire.
void check(const Segment& segment) {
    require(segment.payload.size() <= segment.length);
    require(segment.options.sack_count <= segment.options.sack.size());
    require(segment.options.window_scale >= -1 && segment.options.window_scale <= 14);
    require(segment.options.mptcp_subtype >= -1 && segment.options.mptcp_subtype <= 15);
    require(segment.options.mptcp_reset_reason >= -1 && segment.options.mptcp_reset_reason <= 255);
    require(segment.ip.src.is_v4() || segment.ip.is_v6);
    std::uint32_t sum = 0;
    for (const std::uint8_t byte : segment.payload) sum += byte;
    require(sum <= segment.payload.size() * 255);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const unsigned choice = static_cast<unsigned>(data[0]) << 8 | data[1];
    const std::span<const std::uint8_t> whole(data + 2, size - 2);
    const std::size_t half = whole.size() / 2;
    const auto fragments = std::make_unique<FragmentTable>();
    Decoded decoded;
    RawPacket packet;
    packet.link_type = static_cast<LinkType>(choice & 0x1ff);
    for (const auto bytes : {whole, whole.first(half), whole.subspan(half)}) {
        ++packet.frame;
        packet.time += std::chrono::milliseconds(1);
        packet.bytes = bytes;
        packet.original_length = static_cast<std::uint32_t>(bytes.size() + (choice >> 9) * 100);
        decode(packet, *fragments, decoded);
        if (decoded.kind == PacketKind::segment) check(decoded.segment);
    }
    require(fragments->incomplete() <= 3);
    return 0;
}
