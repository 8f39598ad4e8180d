#include <string_view>

#include "support/stage.h"

namespace tcpwhy::test {

namespace {

// A whole life: the verdict on it is of no interest, only that it is there.
constexpr std::string_view healthy = R"(
conversation: bystanders
    party client.bystander 203.0.113.1 2001:db8:bbbb::1
    party server.bystander 203.0.113.2 2001:db8:bbbb::2
    0.000  client.bystander:50001 > server.bystander:443  S    0:0(0)
    0.001  server.bystander:443 > client.bystander:50001  S.   0:0(0)       ack 1
    0.002  client.bystander:50001 > server.bystander:443  .    1:1(0)       ack 1
    0.003  client.bystander:50001 > server.bystander:443  P.   1:301(300)   ack 1
    0.004  server.bystander:443 > client.bystander:50001  P.   1:1001(1000) ack 301
    0.005  client.bystander:50001 > server.bystander:443  F.   301:301(0)   ack 1001
    0.006  server.bystander:443 > client.bystander:50001  F.   1001:1001(0) ack 302
    0.007  client.bystander:50001 > server.bystander:443  .    302:302(0)   ack 1002
)";

std::vector<StagedPacket> bystanders(bool is_v6) {
    const auto conversations = parse_conversations("bystanders", healthy);
    if (!conversations) return {};
    Stage stage(conversations->front(), {.is_v6 = is_v6});
    auto packets = stage.play().value_or(std::vector<StagedPacket>{});
    for (auto& packet : packets) packet.number = 0;
    return packets;
}

}  // namespace

StagedPacket bystanders_packet(Duration at, bool is_v6) {
    StagedPacket packet;
    packet.at = at;
    IpFields ip;
    ip.src = IpAddress::parse(is_v6 ? "2001:db8:bbbb::3" : "203.0.113.3").value_or(IpAddress{});
    ip.dst = IpAddress::parse(is_v6 ? "2001:db8:bbbb::4" : "203.0.113.4").value_or(IpAddress{});
    packet.datagram.bytes = udp_packet(ip, 40000, 9, Octets(48, 't'));
    packet.datagram.ethertype = is_v6 ? 0x86dd : 0x0800;
    return packet;
}

void interleave_bystanders(std::vector<StagedPacket>& packets, bool is_v6) {
    auto others = bystanders(is_v6);
    std::vector<StagedPacket> mixed;
    std::size_t next = 0;
    for (std::size_t at = 0; at < packets.size(); ++at) {
        // As large a part of theirs as has passed of the script's; each at a scripted time, so
        // that neither the order nor the end of the capture changes.
        const std::size_t due = others.size() * (at + 1) / packets.size();
        for (; next < due; ++next) {
            others[next].at = packets[at].at;
            mixed.push_back(std::move(others[next]));
        }
        mixed.push_back(std::move(packets[at]));
    }
    packets = std::move(mixed);
}

}  // namespace tcpwhy::test
