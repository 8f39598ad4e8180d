#include "packet/tcp.h"

namespace tcpwhy::wire {

namespace {

constexpr std::uint32_t src_port_at = 0;
constexpr std::uint32_t dst_port_at = 2;
constexpr std::uint32_t seq_at = 4;
constexpr std::uint32_t ack_at = 8;
constexpr std::uint32_t offset_and_flags_at = 12;
constexpr std::uint32_t window_at = 14;
constexpr std::uint32_t checksum_at = 16;
constexpr std::uint32_t urgent_at = 18;
constexpr std::uint32_t flags_end = 14;
constexpr std::uint32_t quoted_least = 8;
constexpr std::uint32_t header_size = 20;
constexpr std::uint16_t flags_mask = 0x01ff;
constexpr std::uint16_t reserved_mask = 0x0e00;

// Copied from memory: made on the spot, it would be written in bytes and read back in words, which
// stalls the processor.
constexpr TcpOptions no_options{};

// A header whose tail the snaplen cut: the flags decide most of what matters.
void read_tail(Bytes bytes, Segment& segment) {
    segment.window = bytes.size() >= window_at + 2 ? load_be16(bytes, window_at) : 0;
    segment.checksum = bytes.size() >= checksum_at + 2 ? load_be16(bytes, checksum_at) : 0;
}

// Where the payload begins. A data offset that cannot be true is replaced by what can.
std::uint32_t measure(const Slice& slice, std::uint16_t word, Oddities& oddities) {
    const std::uint32_t size = (word >> 12) * 4U;
    const std::uint32_t length = slice.wire_length();
    if (size >= header_size && size <= length) [[likely]] {
        return size;
    }
    oddities.add(Oddity::tcp_header_short);
    return std::min(std::max(size, header_size), length);
}

}  // namespace

bool read_tcp(const Slice& slice, Segment& segment) {
    if (!slice.has(flags_end)) return false;
    const Bytes bytes = slice.bytes;
    segment.src_port = load_be16(bytes, src_port_at);
    segment.dst_port = load_be16(bytes, dst_port_at);
    segment.seq = Seq(load_be32(bytes, seq_at));
    segment.ack = Seq(load_be32(bytes, ack_at));
    const std::uint16_t word = load_be16(bytes, offset_and_flags_at);
    segment.flags = TcpFlags{static_cast<std::uint16_t>(word & flags_mask)};
    if ((word & reserved_mask) != 0) segment.oddities.add(Oddity::reserved_bits);
    segment.options = no_options;

    const std::uint32_t size = measure(slice, word, segment.oddities);
    segment.length = slice.wire_length() - size;
    segment.payload = slice.from(size).bytes;
    segment.urgent = 0;
    if (!slice.has(header_size)) {
        read_tail(bytes, segment);
        if (slice.missing != 0) segment.oddities.add(Oddity::options_cut);
        return true;
    }
    segment.window = load_be16(bytes, window_at);
    segment.checksum = load_be16(bytes, checksum_at);
    if (segment.flags.urg()) segment.urgent = load_be16(bytes, urgent_at);
    if (segment.urgent != 0) segment.oddities.add(Oddity::urgent_pointer);
    if (size > header_size) {
        const std::size_t captured = std::min<std::size_t>(size, bytes.size());
        read_tcp_options(bytes.subspan(header_size, captured - header_size), captured < size,
                         segment.options, segment.oddities);
    }
    return true;
}

std::optional<QuotedTcp> read_quoted_tcp(const Slice& slice) {
    if (!slice.has(quoted_least)) return std::nullopt;
    QuotedTcp quoted;
    quoted.src_port = load_be16(slice.bytes, src_port_at);
    quoted.dst_port = load_be16(slice.bytes, dst_port_at);
    quoted.seq = Seq(load_be32(slice.bytes, seq_at));
    quoted.flags_known = slice.has(flags_end);
    if (quoted.flags_known) {
        quoted.flags.bits = load_be16(slice.bytes, offset_and_flags_at) & flags_mask;
    }
    return quoted;
}

}  // namespace tcpwhy::wire
