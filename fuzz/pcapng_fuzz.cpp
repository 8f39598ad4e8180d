// Any bytes as the blocks of a pcapng file, of the byte order that the first one tells; a section
// header is put before them. What holds for every input: frames count up, packets lie within their
// claimed lengths, warnings are few, reading comes to an end, and reading from a compressed stream
// gives what reading from memory gives.
#include <zstd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "source/capture_writer.h"
#include "source/packet_source.h"

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

struct Outcome {
    std::uint64_t packets = 0;
    std::uint64_t sum = 0;
    std::size_t warnings = 0;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome read_all(std::span<const std::uint8_t> bytes) {
    const auto source = tcpwhy::open_capture_bytes(bytes);
    Outcome outcome;
    if (!source) return outcome;
    std::array<tcpwhy::RawPacket, 7> batch;
    std::uint64_t frame = 0;
    while (const std::size_t count = (*source)->next(batch).value_or(0)) {
        check(count <= batch.size());
        for (std::size_t at = 0; at < count; ++at) {
            const tcpwhy::RawPacket& packet = batch[at];
            check(packet.frame > frame && packet.original_length >= packet.bytes.size());
            frame = packet.frame;
            outcome.sum +=
                frame + static_cast<std::uint64_t>(packet.time.time_since_epoch().count());
            for (const std::uint8_t byte : packet.bytes) outcome.sum = outcome.sum * 31 + byte;
        }
        outcome.packets += count;
    }
    outcome.warnings = (*source)->info().warnings.size();
    check(outcome.packets == (*source)->info().packets && outcome.warnings <= 21);
    return outcome;
}

std::vector<std::uint8_t> compressed(const std::vector<std::uint8_t>& bytes) {
    std::vector<std::uint8_t> out(ZSTD_compressBound(bytes.size()));
    constexpr int fastest = 1;
    out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), fastest));
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::vector<std::uint8_t> file;
    const tcpwhy::source::PcapngWriter section(file, (data[0] & 1) != 0);
    file.insert(file.end(), data + 1, data + size);
    // A copy of exactly that size, so that a read past the end is one past the allocation.
    const std::vector<std::uint8_t> exact(file.begin(), file.end());
    const Outcome plain = read_all(exact);
    // Slow, so only some inputs ask for it.
    if ((data[0] & 6) == 6) check(plain == read_all(compressed(exact)));
    return 0;
}
