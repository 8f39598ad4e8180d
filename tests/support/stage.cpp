#include "support/stage.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/tcp_options.h"

namespace tcpwhy::test {

namespace {

using Kind = NotationLine::Kind;

constexpr std::uint8_t usual_ttl = 64;
constexpr std::uint16_t usual_window = 502;
constexpr std::uint16_t first_window = 64240;
// How far a new connection's initial number is from the one before it on the same ports.
constexpr std::uint32_t usual_advance = 100'000'000;
constexpr std::uint16_t discard_port = 9;
constexpr std::uint16_t ethertype_v4 = 0x0800;
constexpr std::uint16_t ethertype_v6 = 0x86dd;
constexpr std::uint16_t ethertype_arp = 0x0806;

/// FNV-1a: scattered numbers that are the same in every run.
std::uint32_t scatter(std::string_view text) {
    std::uint32_t hash = 2166136261U;
    for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619U;
    return hash;
}

bool is_client(const std::string& name) {
    return name.starts_with("client");
}
bool is_neighbor(const NotationLine& line) {
    return line.kind == Kind::neighbor_request || line.kind == Kind::neighbor_reply;
}

struct HomeAddress {
    std::string_view name, v4, v6;
};
constexpr HomeAddress homes[] = {{"client", "192.0.2.10", "2001:db8:1::10"},
                                 {"server", "198.51.100.20", "2001:db8:2::20"},
                                 {"router", "192.0.2.1", "2001:db8:1::1"},
                                 {"router2", "198.51.100.1", "2001:db8:2::1"}};

/// Payload that depends only on its place in the stream, so that repeated bytes are equal.
Octets payload_of(const NotationSegment& s) {
    Octets payload(s.length);
    for (std::uint32_t at = 0; at < s.length; ++at) {
        payload[at] = static_cast<std::uint8_t>('a' + (s.seq + at) % 26);
    }
    return payload;
}

/// Whether a reset is what an aborted socket itself sends: RST,ACK with its next number.
bool is_own_abort(const NotationSegment& s, bool sender_seen, std::uint32_t sender_end) {
    return s.flags.rst() && s.flags.ack() && sender_seen && s.seq == sender_end;
}

}  // namespace

bool Stage::Side::offers(NotationOption::Kind kind) const {
    return std::ranges::any_of(syn_options, [kind](const auto& o) { return o.kind == kind; });
}

Stage::Stage(const Conversation& conversation, const StageOptions& options)
    : options_(options), conversation_(conversation) {
    name_parties(conversation);
}

void Stage::name_parties(const Conversation& conversation) {
    for (const auto& party : conversation.parties) {
        if (const auto& address = options_.is_v6 ? party.v6 : party.v4) {
            addresses_[party.name] = *address;
            names_[*address] = party.name;
        }
    }
    for (const auto& [line, packet] : conversation.packets) {
        for (const auto* party : {&packet.from, &packet.to}) (void)address_of(party->name);
        if (packet.kind != Kind::icmp_error) continue;
        (void)address_of(packet.icmp.quoted_from.name);
        (void)address_of(packet.icmp.quoted_to.name);
    }
}

IpAddress Stage::address_of(const std::string& name) {
    if (const auto known = addresses_.find(name); known != addresses_.end()) return known->second;
    const auto home = std::ranges::find(homes, name, &HomeAddress::name);
    IpAddress address;
    if (home != std::end(homes)) {
        address = IpAddress::parse(options_.is_v6 ? home->v6 : home->v4).value_or(IpAddress{});
    } else {
        // RFC 2544's block holds 131,072 hosts.
        const auto number = static_cast<std::uint32_t>(addresses_.size()) + 1;
        address =
            options_.is_v6
                ? IpAddress::parse(fmt::format("2001:db8:f:{:x}::1", number)).value_or(IpAddress{})
                : IpAddress::from_v4(0xc6120000U + number);
    }
    addresses_[name] = address;
    names_[address] = name;
    return address;
}

MacAddress Stage::mac_of(const std::string& name) {
    const std::uint32_t hash = scatter(name);
    return {2,
            0,
            static_cast<std::uint8_t>(hash >> 24),
            static_cast<std::uint8_t>(hash >> 16),
            static_cast<std::uint8_t>(hash >> 8),
            static_cast<std::uint8_t>(hash)};
}

std::uint32_t Stage::isn_of(const std::string& endpoint) const {
    const std::uint32_t scattered = scatter(endpoint + " of " + conversation_.name);
    switch (options_.numbers) {
        case Numbers::zero:
            return 0;
        case Numbers::near_wrap:
            // A handshake and some bytes fit before the wrap, or only the SYN.
            return 0U - 1U - scattered % 64;
        case Numbers::scattered:
            break;
    }
    return scattered;
}

Stage::Ends Stage::ends_of(const NotationLine& line) {
    const std::string from = print(line.from);
    const std::string to = print(line.to);
    const bool swapped = to < from;
    const auto [place, is_first] =
        connections_.try_emplace(swapped ? std::pair(to, from) : std::pair(from, to));
    Connection& connection = place->second;
    const std::size_t sender = swapped ? 1 : 0;
    if (is_first) {
        connection.sides[0].isn = isn_of(place->first.first);
        connection.sides[1].isn = isn_of(place->first.second);
    }
    if (line.fields.new_connection) begin_again(connection, sender, line.fields);
    auto& sides = line.fields.old_numbers ? connection.old_sides : connection.sides;
    // Who connects to itself is its own peer.
    return {sides[sender], sides[from == to ? sender : 1 - sender]};
}

void Stage::begin_again(Connection& connection, std::size_t sender, const NotationFields& fields) {
    connection.old_sides = connection.sides;
    connection.sides = {};
    for (std::size_t at : {std::size_t{0}, std::size_t{1}}) {
        connection.sides[at].isn = connection.old_sides[at].isn + usual_advance;
    }
    if (fields.isn_advance) {
        connection.sides[sender].isn =
            connection.old_sides[sender].isn + static_cast<std::uint32_t>(*fields.isn_advance);
    }
}

std::uint16_t Stage::next_id(const std::string& name) {
    const auto first = static_cast<std::uint16_t>(scatter(name) % 30'000 + 1000);
    auto& id = ids_.try_emplace(name, first).first->second;
    if (++id == 0) ++id;
    return id;
}

std::uint32_t Stage::clock_of(const std::string& name, Duration at) const {
    constexpr std::uint32_t days = 1'000'000'000;  // milliseconds; far from the wrap
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at).count();
    return days + scatter(name) % days + static_cast<std::uint32_t>(milliseconds);
}

IpFields Stage::ip_fields(const NotationLine& line, bool counts_id) {
    const NotationFields& f = line.fields;
    IpFields ip;
    ip.src = address_of(line.from.name);
    ip.dst = address_of(line.to.name);
    ip.ttl = f.ttl.value_or(usual_ttl);
    if (!is_client(line.from.name)) ip.ttl = static_cast<std::uint8_t>(ip.ttl - options_.farther);
    ip.tos = f.tos.value_or(0);
    ip.dont_fragment = f.dont_fragment.value_or(true);
    ip.flow_label = f.flow_label.value_or(0);
    if (f.id) {
        ip.id = *f.id;
    } else if (counts_id) {
        ip.id = next_id(line.from.name);
    }
    return ip;
}

std::vector<NotationOption> Stage::usual_options(const NotationLine& line, const Ends& ends,
                                                 bool own_abort) {
    using Option = NotationOption::Kind;
    const TcpFlags flags = line.segment.flags;
    if (flags.syn() && !flags.rst()) {
        if (!flags.ack() || !ends.peer.syn_sent) return usual_syn_options();
        return usual_answer(ends.peer.syn_options);
    }
    const auto timestamps = [](const Side& side) {
        return side.offers(Option::timestamps) || side.offers(Option::clock_timestamps);
    };
    const bool both = timestamps(ends.own) && timestamps(ends.peer);
    if (!both || (flags.rst() && !own_abort)) return {};
    const NotationOption nop{.kind = Option::nop, .value = 0, .echo = 0, .blocks = {}};
    return {nop, nop, {.kind = Option::clock_timestamps, .value = 0, .echo = 0, .blocks = {}}};
}

Octets Stage::encode(const std::vector<NotationOption>& options, const NotationLine& line,
                     Ends& ends) {
    std::vector<NotationOption> timed = options;
    for (auto& option : timed) {
        if (option.kind == NotationOption::Kind::clock_timestamps) {
            option.kind = NotationOption::Kind::timestamps;
            option.value = clock_of(line.from.name, line.at);
            option.echo = ends.peer.last_tsval;
        }
        if (option.kind == NotationOption::Kind::timestamps) ends.own.last_tsval = option.value;
    }
    return encode_options(timed, ends.peer.isn);
}

Octets Stage::segment(const NotationLine& line) {
    const NotationSegment& s = line.segment;
    Ends ends = ends_of(line);
    const bool own_abort = is_own_abort(s, ends.own.seen, ends.own.end);
    const bool reply_shape = s.flags.rst() && !own_abort;
    const bool closed_port = s.flags.rst() && s.flags.ack() && s.seq == 0 && !ends.own.syn_sent;
    const bool syn_ack = s.flags.syn() && s.flags.ack();
    const auto options = s.options ? *s.options : usual_options(line, ends, own_abort);

    TcpFields tcp;
    tcp.src_port = line.from.port.value_or(0);
    tcp.dst_port = line.to.port.value_or(0);
    tcp.flags = s.flags;
    tcp.seq = line.fields.raw_seq.value_or(closed_port ? 0 : ends.own.isn + s.seq);
    tcp.ack = line.fields.raw_ack.value_or(s.ack ? ends.peer.isn + *s.ack : 0);
    tcp.window = s.window.value_or(s.flags.syn() ? first_window : reply_shape ? 0 : usual_window);
    tcp.urgent = line.fields.urgent.value_or(0);
    tcp.options = encode(options, line, ends);
    tcp.payload = payload_of(s);
    tcp.bad_checksum = line.fields.bad_checksum;

    if (s.flags.syn()) {
        ends.own.syn_sent = true;
        ends.own.syn_options = options;
    }
    const std::uint32_t end =
        s.seq + s.length + (s.flags.syn() ? 1U : 0U) + (s.flags.fin() ? 1U : 0U);
    if (!s.flags.rst()) {
        if (!ends.own.seen || static_cast<std::int32_t>(end - ends.own.end) > 0) ends.own.end = end;
        ends.own.seen = true;
    }
    return tcp_packet(ip_fields(line, !reply_shape && !syn_ack), tcp);
}

Octets Stage::quoted_packet(const NotationLine& line) {
    const NotationIcmp& icmp = line.icmp;
    for (auto sent = sent_.rbegin(); sent != sent_.rend(); ++sent) {
        const NotationLine& candidate = sent->line;
        if (candidate.kind == Kind::segment && candidate.from == icmp.quoted_from &&
            candidate.to == icmp.quoted_to && candidate.segment.seq == icmp.quoted_seq &&
            candidate.segment.flags == icmp.quoted_flags) {
            return sent->bytes;
        }
    }
    // It was not captured: made up from what the quote says, without a trace in the connection.
    NotationLine unseen;
    unseen.at = line.at;
    unseen.from = icmp.quoted_from;
    unseen.to = icmp.quoted_to;
    unseen.segment.flags = icmp.quoted_flags;
    unseen.segment.seq = icmp.quoted_seq;
    if (icmp.quoted_flags.ack()) unseen.segment.ack = 1;
    const auto before = connections_;
    auto bytes = segment(unseen);
    connections_ = before;
    return bytes;
}

Result<Octets> Stage::icmp_error(const NotationLine& line) {
    const auto numbers = icmp_numbers(line.icmp, options_.is_v6);
    if (!numbers) return fail(ErrorKind::usage, "this ICMP error is of the other family");
    const std::uint8_t usual = numbers->type == (options_.is_v6 ? 3 : 11) ? 1 : 60;
    Octets quote = with_ttl(quoted_packet(line), line.fields.quoted_ttl.value_or(usual));
    const std::size_t ip_header = options_.is_v6 ? 40 : 20;
    // RFC 1812 4.3.2.3 and RFC 4443 2.4 (c): as much as leaves the error that long.
    const std::size_t longest_error = options_.is_v6 ? 1280 : 576;
    constexpr std::size_t icmp_header = 8;
    std::size_t length = longest_error - ip_header - icmp_header;
    if (line.fields.quote) length = ip_header + *line.fields.quote;
    quote.resize(std::min(quote.size(), length));
    IcmpFields icmp{
        .type = numbers->type, .code = numbers->code, .rest = line.icmp.mtu, .body = quote};
    return icmp_packet(ip_fields(line, true), icmp);
}

Result<Octets> Stage::copy(const NotationLine& line) const {
    for (auto sent = sent_.rbegin(); sent != sent_.rend(); ++sent) {
        const NotationLine& original = sent->line;
        if (original.from != line.from || original.to != line.to || original.kind != line.kind ||
            original.segment.seq != line.segment.seq || original.segment.ack != line.segment.ack ||
            original.segment.flags != line.segment.flags) {
            continue;
        }
        if (!line.fields.ttl) return sent->bytes;
        const std::uint8_t hops = is_client(line.from.name) ? 0 : options_.farther;
        return with_ttl(sent->bytes, static_cast<std::uint8_t>(*line.fields.ttl - hops));
    }
    return fail(ErrorKind::corrupt, "[copy], but the packet was not sent before");
}

Octets Stage::neighbor(const NotationLine& line) {
    const IpAddress from = address_of(line.from.name);
    const IpAddress to = address_of(line.to.name);
    const MacAddress mac = mac_of(line.from.name);
    const bool reply = line.kind == Kind::neighbor_reply;
    if (!options_.is_v6) {
        return arp_message(reply, from, mac, to, reply ? mac_of(line.to.name) : MacAddress{});
    }
    return reply ? neighbor_advertisement(from, mac, to) : neighbor_solicitation(from, mac, to);
}

Octets Stage::other(const NotationLine& line) {
    const IpFields ip = ip_fields(line, true);
    if (line.kind == Kind::udp) return udp_packet(ip, 40000, discard_port, Octets(20, 'u'));
    const bool reply = line.kind == Kind::echo_reply;
    IcmpFields echo{.type = reply ? std::uint8_t{0} : std::uint8_t{8},
                    .code = 0,
                    .rest = 1,
                    .body = Octets(56, 'e')};
    if (options_.is_v6) echo.type = reply ? 129 : 128;
    return icmp_packet(ip, echo);
}

Result<Octets> Stage::bytes_of(const NotationLine& line) {
    if (line.fields.copy) return copy(line);
    if (line.kind == Kind::segment) return segment(line);
    if (line.kind == Kind::icmp_error) return icmp_error(line);
    if (is_neighbor(line)) return neighbor(line);
    return other(line);
}

Result<std::vector<StagedPacket>> Stage::play() {
    std::vector<StagedPacket> packets;
    for (const auto& [number, line] : conversation_.packets) {
        const auto complain = [&, at = number](const std::string& what) {
            return fail(ErrorKind::usage, fmt::format("{}:{}: {}", conversation_.file, at, what));
        };
        if (!is_client(line.from.name) && line.fields.ttl.value_or(usual_ttl) <= options_.farther) {
            return complain("the TTL does not reach");
        }
        if (line.segment.options && !options_fit(*line.segment.options)) {
            return complain("more than 40 bytes of options");
        }
        auto bytes = bytes_of(line);
        if (!bytes) return complain(bytes.error().what);
        StagedPacket packet;
        packet.at = line.at;
        packet.number = packets.size() + 1;
        packet.interface = line.fields.interface.value_or(0);
        packet.cut = line.fields.cut;
        packet.datagram.bytes = *bytes;
        packet.datagram.ethertype = options_.is_v6 ? ethertype_v6 : ethertype_v4;
        if (is_neighbor(line) && !options_.is_v6) packet.datagram.ethertype = ethertype_arp;
        packet.datagram.src = mac_of(line.from.name);
        packet.datagram.dst = mac_of(line.to.name);
        if (line.kind == Kind::neighbor_request) packet.datagram.dst.fill(0xff);
        packet.datagram.vlan = line.fields.vlan;
        packet.datagram.is_received = !is_client(line.from.name);
        packets.push_back(std::move(packet));
        sent_.push_back({line, *std::move(bytes)});
    }
    return packets;
}

}  // namespace tcpwhy::test
