// The same packets as pcap and as pcapng must get the same verdicts.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <span>
#include <string>
#include <vector>

#include "analysis/analyze.h"
#include "source/packet_source.h"

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t longest_packet = 400;
constexpr std::uint32_t start_seconds = 1'700'000'000;
constexpr std::uint16_t link_types[] = {1, 101, 113, 276};  // Ethernet, raw IP, cooked v1 and v2

struct Packet {
    std::uint64_t microseconds;
    std::span<const std::uint8_t> bytes;
};

/// One byte of link type, then per packet: a byte for the gap to the one before, two bytes for the
/// length, and its bytes.
std::vector<Packet> cut_into_packets(std::span<const std::uint8_t> input) {
    std::vector<Packet> packets;
    std::uint64_t now = std::uint64_t{start_seconds} * 1'000'000;
    while (input.size() > 3) {
        // Squared: from 1 µs to 65 ms times 64, about four seconds.
        now += std::uint64_t{input[0]} * input[0] * 64 + 1;
        const std::size_t wanted = (std::size_t{input[1]} << 8 | input[2]) % longest_packet;
        const auto length = std::min(wanted, input.size() - 3);
        packets.push_back({now, input.subspan(3, length)});
        input = input.subspan(3 + length);
    }
    return packets;
}

void put(Bytes& out, std::uint64_t value, int bytes) {
    for (int at = 0; at < bytes; ++at) out.push_back(static_cast<std::uint8_t>(value >> (8 * at)));
}

void put(Bytes& out, std::span<const std::uint8_t> bytes) {
    out.insert(out.end(), bytes.begin(), bytes.end());
}

Bytes as_pcap(const std::vector<Packet>& packets, std::uint16_t link_type) {
    Bytes out;
    put(out, 0xa1b2c3d4, 4);
    put(out, 2, 2);
    put(out, 4, 2);
    put(out, 0, 8);
    put(out, 262144, 4);
    put(out, link_type, 4);
    for (const auto& packet : packets) {
        put(out, packet.microseconds / 1'000'000, 4);
        put(out, packet.microseconds % 1'000'000, 4);
        put(out, packet.bytes.size(), 4);
        put(out, packet.bytes.size(), 4);
        put(out, packet.bytes);
    }
    return out;
}

Bytes as_pcapng(const std::vector<Packet>& packets, std::uint16_t link_type) {
    Bytes out;
    put(out, 0x0a0d0d0a, 4);  // section header: 28 bytes, length of the section unknown
    put(out, 28, 4);
    put(out, 0x1a2b3c4d, 4);
    put(out, 1, 2);
    put(out, 0, 2);
    put(out, ~std::uint64_t{0}, 8);
    put(out, 28, 4);
    put(out, 1, 4);  // interface: 20 bytes, microseconds by default
    put(out, 20, 4);
    put(out, link_type, 2);
    put(out, 0, 2);
    put(out, 262144, 4);
    put(out, 20, 4);
    for (const auto& packet : packets) {
        const std::size_t padding = (4 - packet.bytes.size() % 4) % 4;
        const std::size_t block = 32 + packet.bytes.size() + padding;
        put(out, 6, 4);  // enhanced packet
        put(out, block, 4);
        put(out, 0, 4);
        put(out, packet.microseconds >> 32, 4);
        put(out, packet.microseconds & 0xffffffff, 4);
        put(out, packet.bytes.size(), 4);
        put(out, packet.bytes.size(), 4);
        put(out, packet.bytes);
        put(out, 0, static_cast<int>(padding));
        put(out, block, 4);
    }
    return out;
}

/// All that is said, as text to compare.
class Transcript : public tcpwhy::VerdictSink {
public:
    void connection(const tcpwhy::Judged& judged) override {
        const auto verdict = tcpwhy::describe(judged, {.ladder = true});
        text += verdict.client.to_string() + " " + verdict.server.to_string() + " ";
        text += std::string(verdict.cause) + " " + std::string(to_string(verdict.confidence));
        text += " " + verdict.conn_state + " " + verdict.history + " " + verdict.summary + "\n";
        for (const auto& line : verdict.evidence) {
            text += std::to_string(line.frame) + " " +
                    std::to_string(line.time.time_since_epoch().count()) + " " + line.says + "\n";
        }
        for (const auto& line : verdict.ladder) text += line + "\n";
    }
    void group(const tcpwhy::VerdictGroup& group) override { text += group.summary + "\n"; }

    std::string text;
};

std::string transcript_of(const Bytes& file) {
    auto source = tcpwhy::open_capture_bytes(file, "input");
    if (!source) return "not opened: " + source.error().what;
    Transcript transcript;
    const auto summary = tcpwhy::analyze(**source, {}, transcript);
    if (!summary) return "not read: " + summary.error().what;
    return transcript.text + std::to_string(summary->packets) + " packets\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::uint16_t link_type = link_types[data[0] % std::size(link_types)];
    const auto packets = cut_into_packets({data + 1, size - 1});
    const auto pcap = transcript_of(as_pcap(packets, link_type));
    const auto pcapng = transcript_of(as_pcapng(packets, link_type));
    if (pcap != pcapng) {
        std::cerr << "as pcap:\n" << pcap << "as pcapng:\n" << pcapng;
        std::abort();
    }
    return 0;
}
