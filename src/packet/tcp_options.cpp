// TCP options, summarised in one pass.
#include "packet/tcp.h"

namespace tcpwhy::wire {

namespace {

// https://www.iana.org/assignments/tcp-parameters
constexpr std::uint8_t end_of_list = 0;
constexpr std::uint8_t no_operation = 1;
constexpr std::uint8_t maximum_segment_size = 2;
constexpr std::uint8_t window_scale = 3;
constexpr std::uint8_t sack_permitted = 4;
constexpr std::uint8_t sack = 5;
constexpr std::uint8_t timestamps = 8;
constexpr std::uint8_t md5_signature = 19;
constexpr std::uint8_t authentication = 29;
constexpr std::uint8_t multipath = 30;
constexpr std::uint8_t fast_open = 34;
constexpr std::uint8_t experiment_1 = 253;
constexpr std::uint8_t experiment_2 = 254;

constexpr std::uint16_t fast_open_experiment = 0xf989;  // RFC 7413 appendix A
constexpr std::uint8_t multipath_join = 1;
constexpr std::uint8_t multipath_reset = 8;
constexpr std::uint32_t join_syn_size = 12;
constexpr std::uint8_t largest_shift = 14;  // RFC 7323 2.3
constexpr std::uint32_t sack_block_size = 8;

constexpr std::uint16_t add_to_layout(std::uint16_t layout, std::uint8_t kind) {
    const std::uint32_t mixed = (layout + kind + 1U) * 0x9e3779b1U;
    const auto hash = static_cast<std::uint16_t>(mixed >> 16);
    return hash == 0 ? 1 : hash;
}

// Two no-operations and timestamps: what nearly every segment of nearly every connection has.
constexpr std::uint32_t usual_start = 0x0101080a;
constexpr std::size_t usual_size = 12;
constexpr std::uint16_t usual_layout =
    add_to_layout(add_to_layout(add_to_layout(0, no_operation), no_operation), timestamps);

void read_timestamps(Bytes option, TcpOptions& options) {
    options.has_timestamps = true;
    options.tsval = load_be32(option, 2);
    options.tsecr = load_be32(option, 6);
}

void read_sack(Bytes option, TcpOptions& options) {
    for (std::size_t at = 2; at + sack_block_size <= option.size(); at += sack_block_size) {
        if (options.sack_count == options.sack.size()) return;
        options.sack[options.sack_count++] = {Seq(load_be32(option, at)),
                                              Seq(load_be32(option, at + 4))};
    }
}

// RFC 8684 3. The first option's subtype stands for all of a segment's.
void read_multipath(Bytes option, TcpOptions& options) {
    if (option.size() < 3) return;
    const std::uint8_t subtype = load_u8(option, 2) >> 4;
    if (options.mptcp_subtype < 0) options.mptcp_subtype = static_cast<std::int8_t>(subtype);
    if (subtype == multipath_reset && option.size() >= 4) {
        options.mptcp_reset_reason = load_u8(option, 3);
    }
    if (subtype == multipath_join && option.size() == join_syn_size) {
        options.mptcp_token = load_be32(option, 4);
    }
}

void read_fast_open(std::size_t cookie_length, TcpOptions& options) {
    options.has_fast_open = true;
    options.fast_open_cookie_length = static_cast<std::uint8_t>(cookie_length);
}

// One option of the right size; an oddly sized one counts as malformed and says nothing.
bool read_option(Bytes option, TcpOptions& options) {
    switch (load_u8(option, 0)) {
        case maximum_segment_size:
            if (option.size() != 4) return false;
            options.mss = load_be16(option, 2);
            return true;
        case window_scale:
            if (option.size() != 3) return false;
            options.window_scale =
                static_cast<std::int8_t>(std::min(load_u8(option, 2), largest_shift));
            return true;
        case sack_permitted:
            options.sack_permitted = option.size() == 2;
            return options.sack_permitted;
        case sack:
            read_sack(option, options);
            return option.size() % sack_block_size == 2;
        case timestamps:
            if (option.size() != 10) return false;
            read_timestamps(option, options);
            return true;
        case md5_signature:
            options.has_md5 = true;
            return true;
        case authentication:
            options.has_ao = true;
            return true;
        case multipath:
            read_multipath(option, options);
            return true;
        case fast_open:
            read_fast_open(option.size() - 2, options);
            return true;
        case experiment_1:
        case experiment_2:
            if (option.size() >= 4 && load_be16(option, 2) == fast_open_experiment) {
                read_fast_open(option.size() - 4, options);
            }
            return true;
        default:
            return true;
    }
}

}  // namespace

void read_tcp_options(Bytes area, bool cut, TcpOptions& options, Oddities& oddities) {
    if (cut) oddities.add(Oddity::options_cut);
    if (area.size() == usual_size && load_be32(area, 0) == usual_start) [[likely]] {
        read_timestamps(area.subspan(2), options);
        options.layout = usual_layout;
        return;
    }
    std::size_t at = 0;
    while (at < area.size()) {
        const std::uint8_t kind = load_u8(area, at);
        if (kind == end_of_list || kind == no_operation) {
            options.layout = add_to_layout(options.layout, kind);
            if (kind == end_of_list) return;
            ++at;
            continue;
        }
        const std::size_t left = area.size() - at;
        // The length byte itself may be what the snaplen cut.
        const std::size_t size = left >= 2 ? load_u8(area, at + 1) : 0;
        if (size < 2 || size > left) {
            if (!cut || (left >= 2 && size < 2)) oddities.add(Oddity::options_malformed);
            return;
        }
        options.layout = add_to_layout(options.layout, kind);
        if (!read_option(area.subspan(at, size), options)) {
            oddities.add(Oddity::options_malformed);
        }
        at += size;
    }
}

}  // namespace tcpwhy::wire
