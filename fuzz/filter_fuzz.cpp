// Filter expressions of any shape over packets of any link type and content. The expression is made
// of whole words, since libpcap's scanner is not what is tested here and a name would be looked
// up in the DNS; the packets are what remains of the input.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "source/capture_writer.h"
#include "source/packet_source.h"

namespace {

constexpr std::array words = {
    "tcp",       "udp",    "icmp",   "icmp6",     "arp",   "ip",        "ip6",       "port",
    "80",        "443",    "host",   "192.0.2.1", "::1",   "net",       "src",       "dst",
    "and",       "or",     "not",    "(",         ")",     "[",         "]",         "tcp[",
    "13",        "&",      "!=",     "0",         "len",   "<",         ">",         "=",
    "vlan",      "mpls",   "pppoes", "less",      "60",    "1500",      "greater",   "10.0.0.0/8",
    "portrange", "1-1024", "ether",  "proto",     "0x800", "broadcast", "multicast", "gateway",
    "inbound",   "wlan",   "type",   "mgt",
};

void check(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // Longer expressions only make libpcap's optimizer slow.
    constexpr std::size_t most_words = 12;
    if (size < 2) return 0;
    const tcpwhy::LinkType link_types[] = {data[0], data[1]};
    std::size_t at = 2;
    std::string expression;
    for (std::size_t count = 0; at < size && data[at] != 0xff && count < most_words; ++count) {
        expression += std::string(words[data[at++] % words.size()]) + ' ';
    }
    const std::span<const std::uint8_t> packet(data + at, size - at);

    std::vector<std::uint8_t> file;
    tcpwhy::source::PcapngWriter writer(file);
    for (const auto link_type : link_types) writer.add_interface(link_type);
    for (const std::uint32_t interface : {0U, 1U, 0U}) writer.add_packet(interface, 0, packet, 0);
    const auto source = tcpwhy::open_capture_bytes(file, "memory", expression);
    if (!source) {
        check(source.error().kind == tcpwhy::ErrorKind::usage);
        return 0;
    }
    std::array<tcpwhy::RawPacket, 2> batch;
    while ((*source)->next(batch).value_or(0) > 0) {
    }
    check((*source)->info().packets + (*source)->info().filtered_out == 3);
    return 0;
}
