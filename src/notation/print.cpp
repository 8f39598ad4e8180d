#include <fmt/format.h>

#include <chrono>

#include "notation/flag_letters.h"
#include "notation/icmp_names.h"
#include "notation/notation.h"

namespace tcpwhy {

namespace {

// Wide enough that the usual lines stand in columns.
constexpr std::size_t time_width = 9;
constexpr std::size_t parties_width = 17;
constexpr std::size_t flags_width = 4;
constexpr std::size_t numbers_width = 14;
constexpr std::size_t ack_width = 10;

std::string print_flags(TcpFlags flags) {
    std::string letters;
    for (const auto& [letter, bit] : flag_letters) {
        if ((flags.bits & bit) != 0) letters += letter;
    }
    return letters.empty() ? std::string(no_flags) : letters;
}

std::string print_option(const NotationOption& option) {
    using Kind = NotationOption::Kind;
    switch (option.kind) {
        case Kind::end:
            return "eol";
        case Kind::nop:
            return "nop";
        case Kind::mss:
            return fmt::format("mss {}", option.value);
        case Kind::window_scale:
            return fmt::format("wscale {}", option.value);
        case Kind::sack_permitted:
            return "sackOK";
        case Kind::sack: {
            std::string text = "sack";
            for (const auto& [first, last] : option.blocks)
                text += fmt::format(" {}:{}", first, last);
            return text;
        }
        case Kind::timestamps:
            return fmt::format("TS val {} ecr {}", option.value, option.echo);
        case Kind::clock_timestamps:
            return "TS";
        case Kind::fast_open:
            return "FO";
        case Kind::fast_open_cookie:
            return "FO cookie";
        case Kind::md5:
            return "md5";
        case Kind::ao:
            return "ao";
        case Kind::mptcp_capable:
            return "mptcp capable";
        case Kind::mptcp_join:
            return "mptcp join";
        case Kind::mptcp_reset:
            return fmt::format("mptcp rst {}", option.value);
        case Kind::other:
            break;
    }
    return fmt::format("kind {}", option.value);
}

std::string print_options(const std::vector<NotationOption>& options) {
    std::string text = "<";
    for (const auto& option : options) {
        if (text.size() > 1) text += ',';
        text += print_option(option);
    }
    return text + '>';
}

std::string print_fields(const NotationFields& f) {
    std::string text;
    const auto add = [&text](const std::string& field) {
        text += (text.empty() ? "" : ", ") + field;
    };
    const auto add_number = [&add](std::string_view word, const auto& value) {
        if (value) add(fmt::format("{} {}", word, *value));
    };
    add_number("ttl", f.ttl);
    add_number("id", f.id);
    if (f.tos) add(fmt::format("tos {:#04x}", *f.tos));
    if (f.dont_fragment) add(*f.dont_fragment ? "df" : "nodf");
    if (f.flow_label) add(fmt::format("flow {:#x}", *f.flow_label));
    add_number("urg", f.urgent);
    add_number("vlan", f.vlan);
    add_number("interface", f.interface);
    add_number("cut", f.cut);
    add_number("raw seq", f.raw_seq);
    add_number("raw ack", f.raw_ack);
    add_number("quote", f.quote);
    add_number("quoted ttl", f.quoted_ttl);
    if (f.new_connection && !f.isn_advance) add("new");
    add_number("new isn", f.isn_advance);
    if (f.old_numbers) add("old");
    if (f.bad_checksum) add("bad checksum");
    if (f.copy) add("copy");
    return text;
}

std::string print_segment(const NotationSegment& s) {
    std::string text =
        fmt::format("{:<{}} {:<{}}", print_flags(s.flags), flags_width,
                    fmt::format("{}:{}({})", s.seq, s.seq + s.length, s.length), numbers_width);
    text += fmt::format(" {:<{}}", s.ack ? fmt::format("ack {}", *s.ack) : "", ack_width);
    if (s.window) text += fmt::format(" win {}", *s.window);
    if (s.options) text += "  " + print_options(*s.options);
    return text;
}

std::string print_icmp(const NotationIcmp& icmp) {
    std::string text = "icmp ";
    if (icmp.family == NotationIcmp::Family::either) {
        text += icmp.name;
        if (icmp.name == too_big) text += fmt::format(" {}", icmp.mtu);
    } else {
        if (icmp.family == NotationIcmp::Family::v6) text += "v6 ";
        text += fmt::format("{}/{}", icmp.type, icmp.code);
    }
    return fmt::format("{}  {} > {} {} {}", text, print(icmp.quoted_from), print(icmp.quoted_to),
                       print_flags(icmp.quoted_flags), icmp.quoted_seq);
}

std::string print_body(const NotationLine& line) {
    using Kind = NotationLine::Kind;
    switch (line.kind) {
        case Kind::segment:
            return print_segment(line.segment);
        case Kind::icmp_error:
            return print_icmp(line.icmp);
        case Kind::echo_request:
            return "echo request";
        case Kind::echo_reply:
            return "echo reply";
        case Kind::udp:
        case Kind::neighbor_request:
        case Kind::neighbor_reply:
            break;
    }
    return "udp";
}

}  // namespace

std::string print(const NotationParty& party) {
    return party.port ? fmt::format("{}:{}", party.name, *party.port) : party.name;
}

std::string print_notation_time(Duration at) {
    constexpr std::int64_t billion = 1'000'000'000;
    const std::int64_t count = at.count();
    const std::string_view sign = count < 0 ? "-" : "";
    // The remainder keeps the sign, so that even the smallest number can be turned round.
    const std::int64_t seconds = count / billion;
    const std::int64_t rest = count % billion;
    std::string text =
        fmt::format("{}{}.{:09}", sign, seconds < 0 ? -seconds : seconds, rest < 0 ? -rest : rest);
    while (text.back() == '0' && text[text.size() - 4] != '.') text.pop_back();
    return text;
}

std::string print(const NotationLine& line) {
    using Kind = NotationLine::Kind;
    std::string text = line.after_previous ? "+" : "";
    text = fmt::format("{:>{}}  ", text + print_notation_time(line.at), time_width);
    if (line.kind == Kind::neighbor_request || line.kind == Kind::neighbor_reply) {
        const auto verb = line.kind == Kind::neighbor_request ? "who-has" : "reply";
        text += fmt::format("{} arp {} {}", print(line.from), verb, print(line.to));
    } else {
        text += fmt::format("{:<{}}  {}", print(line.from) + " > " + print(line.to), parties_width,
                            print_body(line));
    }
    const auto fields = print_fields(line.fields);
    if (!fields.empty()) text += "  [" + fields + "]";
    if (line.odd) text += "  (odd)";
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

}  // namespace tcpwhy
