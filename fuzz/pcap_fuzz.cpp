// Any bytes as a pcap file, plain or compressed. What holds for every input: frames count up,
// packets lie within their claimed lengths, warnings are few, and reading comes to an end.
#include <array>
#include <cstdint>
#include <cstdlib>

#include "source/packet_source.h"

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

void read_all(tcpwhy::PacketSource& source, std::size_t size) {
    std::array<tcpwhy::RawPacket, 7> batch;
    std::uint64_t frame = 0;
    std::uint64_t packets = 0;
    unsigned sum = 0;
    while (const std::size_t count = source.next(batch).value_or(0)) {
        check(count <= batch.size());
        for (std::size_t at = 0; at < count; ++at) {
            const tcpwhy::RawPacket& packet = batch[at];
            check(packet.frame > frame && packet.original_length >= packet.bytes.size());
            frame = packet.frame;
            for (const std::uint8_t byte : packet.bytes) sum += byte;
        }
        packets += count;
    }
    check(packets == source.info().packets && source.info().warnings.size() <= 21);
    check(source.progress().bytes_read <= size);
    check(sum != 1 || packets > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto source = tcpwhy::open_capture_bytes({data, size});
    if (source) {
        read_all(**source, size);
    } else {
        check(!source.error().what.empty());
    }
    return 0;
}
