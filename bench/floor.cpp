// The least that any program must do: read a pcap file and touch every packet's headers once.
// What it prints is a sum that depends on every byte it touched, so that no work is left out.
#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

namespace {

constexpr std::size_t ring_size = 1U << 22;
constexpr std::size_t record_header = 16;
constexpr std::size_t file_header = 24;
constexpr std::uint32_t touched_bytes = 66;  // Ethernet, IPv4, TCP with timestamps

struct Totals {
    std::uint64_t packets = 0;
    std::uint64_t sum = 0;
};

// Takes whole records from the front; returns how many bytes were used.
std::size_t take(const std::uint8_t* bytes, std::size_t size, Totals& totals) {
    std::size_t at = 0;
    while (size - at >= record_header) {
        std::uint32_t kept = 0;
        std::memcpy(&kept, bytes + at + 8, sizeof kept);
        if (size - at < record_header + kept) break;
        const std::uint8_t* packet = bytes + at + record_header;
        const std::uint32_t touch = kept < touched_bytes ? kept : touched_bytes;
        for (std::uint32_t word = 0; word + 8 <= touch; word += 8) {
            std::uint64_t value = 0;
            std::memcpy(&value, packet + word, sizeof value);
            totals.sum += value;
        }
        ++totals.packets;
        at += record_header + kept;
    }
    return at;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: floor FILE.pcap\n");
        return 2;
    }
    const int file = open(argv[1], O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        std::perror(argv[1]);
        return 2;
    }
    std::vector<std::uint8_t> ring(ring_size);
    Totals totals;
    std::size_t held = 0;
    std::size_t skip = file_header;
    while (true) {
        const ssize_t got = read(file, ring.data() + held, ring.size() - held);
        if (got <= 0) break;
        held += static_cast<std::size_t>(got);
        if (held < skip) continue;
        const std::size_t used = skip + take(ring.data() + skip, held - skip, totals);
        skip = 0;
        std::memmove(ring.data(), ring.data() + used, held - used);
        held -= used;
    }
    close(file);
    std::printf("%llu packets, sum %llu\n", static_cast<unsigned long long>(totals.packets),
                static_cast<unsigned long long>(totals.sum));
    return 0;
}
