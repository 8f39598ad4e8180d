#include <algorithm>
#include <limits>

#include "notation/cursor.h"
#include "notation/flag_letters.h"
#include "notation/icmp_names.h"
#include "notation/notation.h"
#include "notation/parse_options.h"

namespace tcpwhy {

namespace {

constexpr std::uint32_t any32 = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t any16 = 0xffff;
constexpr std::uint32_t any8 = 0xff;

using Unexpected = tl::unexpected<Error>;

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_name(std::string_view text) {
    const auto fits = [](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    };
    return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, fits);
}

std::optional<NotationParty> to_party(std::string_view word) {
    NotationParty party;
    const auto colon = word.find(':');
    if (!is_name(word.substr(0, colon))) return {};
    party.name = word.substr(0, colon);
    if (colon == std::string_view::npos) return party;
    const auto port = Cursor::to_number(word.substr(colon + 1), any16);
    if (!port) return {};
    party.port = static_cast<std::uint16_t>(*port);
    return party;
}

bool accept_party(Cursor& cursor, NotationParty& party) {
    const auto found = to_party(cursor.peek_word());
    if (!found) return false;
    (void)cursor.word();
    party = *found;
    return true;
}

std::optional<TcpFlags> to_flags(std::string_view word) {
    if (word == no_flags) return TcpFlags{};
    TcpFlags flags;
    for (const char c : word) {
        const auto known = std::ranges::find(flag_letters, c, &FlagLetter::letter);
        if (known == std::end(flag_letters) || (flags.bits & known->bit) != 0) return {};
        flags.bits = static_cast<std::uint16_t>(flags.bits | known->bit);
    }
    if (flags.bits == 0) return {};
    return flags;
}

bool accept_flags(Cursor& cursor, TcpFlags& flags) {
    const auto found = to_flags(cursor.peek_word());
    if (!found) return false;
    (void)cursor.word();
    flags = *found;
    return true;
}

/// "1:101(100)", or "101" where there is no payload.
Result<NotationSegment> parse_numbers(Cursor& cursor) {
    NotationSegment segment;
    const std::string_view word = cursor.peek_word();
    const auto colon = word.find(':');
    const auto first = Cursor::to_number(word.substr(0, colon), any32);
    if (!first) return cursor.expected("FIRST:LAST(LENGTH)");
    segment.seq = *first;
    if (colon != std::string_view::npos) {
        const auto bracket = word.find('(');
        if (bracket == std::string_view::npos || bracket < colon || !word.ends_with(')')) {
            return cursor.expected("FIRST:LAST(LENGTH)");
        }
        const auto last = Cursor::to_number(word.substr(colon + 1, bracket - colon - 1), any32);
        const auto length =
            Cursor::to_number(word.substr(bracket + 1, word.size() - bracket - 2), any32);
        if (!last || !length) return cursor.expected("FIRST:LAST(LENGTH)");
        if (*last - *first != *length) return cursor.error("LAST is not FIRST + LENGTH");
        segment.length = *length;
    }
    (void)cursor.word();
    return segment;
}

Result<NotationSegment> parse_segment(Cursor& cursor) {
    TcpFlags flags;
    if (!accept_flags(cursor, flags)) return cursor.expected("TCP flags, icmp, echo or udp");
    auto segment = parse_numbers(cursor);
    if (!segment) return segment;
    segment->flags = flags;
    if (cursor.accept("ack")) {
        if (!flags.ack()) return cursor.error("an acknowledgement number without '.'");
        segment->ack = cursor.number(any32);
        if (!segment->ack) return cursor.expected("an acknowledgement number");
    } else if (flags.ack()) {
        return cursor.expected("ack and its number");
    }
    if (cursor.accept("win")) {
        const auto window = cursor.number(any16);
        if (!window) return cursor.expected("a window");
        segment->window = static_cast<std::uint16_t>(*window);
    }
    if (cursor.accept('<')) {
        auto options = parse_options(cursor);
        if (!options) return Unexpected(options.error());
        segment->options = *std::move(options);
    }
    return segment;
}

Result<NotationIcmp> parse_icmp_type(Cursor& cursor) {
    NotationIcmp icmp;
    if (is_icmp_name(cursor.peek_word())) {
        icmp.name = cursor.word();
        if (icmp.name != too_big) return icmp;
        const auto mtu = cursor.number(any32);
        if (!mtu) return cursor.expected("an MTU");
        icmp.mtu = *mtu;
        return icmp;
    }
    icmp.family = cursor.accept("v6") ? NotationIcmp::Family::v6 : NotationIcmp::Family::v4;
    const std::string_view word = cursor.peek_word();
    const auto slash = word.find('/');
    if (slash == std::string_view::npos) return cursor.expected("the name of an ICMP error");
    const auto type = Cursor::to_number(word.substr(0, slash), any8);
    const auto code = Cursor::to_number(word.substr(slash + 1), any8);
    if (!type || !code) return cursor.expected("TYPE/CODE");
    (void)cursor.word();
    icmp.type = static_cast<std::uint8_t>(*type);
    icmp.code = static_cast<std::uint8_t>(*code);
    return icmp;
}

Result<NotationIcmp> parse_icmp(Cursor& cursor) {
    auto icmp = parse_icmp_type(cursor);
    if (!icmp) return icmp;
    if (!accept_party(cursor, icmp->quoted_from)) return cursor.expected("who is quoted");
    if (!cursor.accept('>')) return cursor.expected("'>'");
    if (!accept_party(cursor, icmp->quoted_to)) return cursor.expected("to whom the quote went");
    if (!accept_flags(cursor, icmp->quoted_flags)) return cursor.expected("the quoted flags");
    const auto seq = cursor.number(any32);
    if (!seq) return cursor.expected("the quoted sequence number");
    icmp->quoted_seq = *seq;
    return icmp;
}

/// "arp who-has server", "arp reply client": everything after FROM.
Result<NotationLine> parse_neighbor(Cursor& cursor, NotationLine line) {
    if (cursor.accept("who-has")) {
        line.kind = NotationLine::Kind::neighbor_request;
    } else if (cursor.accept("reply")) {
        line.kind = NotationLine::Kind::neighbor_reply;
    } else {
        return cursor.expected("who-has or reply");
    }
    if (!accept_party(cursor, line.to)) return cursor.expected("a party");
    if (line.from.port || line.to.port)
        return cursor.error("addresses are asked for without ports");
    return line;
}

/// "FROM > TO …": everything after FROM.
Result<NotationLine> parse_ip_packet(Cursor& cursor, NotationLine line) {
    using Kind = NotationLine::Kind;
    if (!cursor.accept('>')) return cursor.expected("'>' or arp");
    if (!accept_party(cursor, line.to)) return cursor.expected("a party");
    if (cursor.accept("icmp")) {
        line.kind = Kind::icmp_error;
        auto icmp = parse_icmp(cursor);
        if (!icmp) return Unexpected(icmp.error());
        line.icmp = *std::move(icmp);
    } else if (cursor.accept("echo")) {
        line.kind = cursor.accept("request") ? Kind::echo_request : Kind::echo_reply;
        if (line.kind == Kind::echo_reply && !cursor.accept("reply")) {
            return cursor.expected("request or reply");
        }
    } else if (cursor.accept("udp")) {
        line.kind = Kind::udp;
    } else {
        auto segment = parse_segment(cursor);
        if (!segment) return Unexpected(segment.error());
        line.segment = *std::move(segment);
    }
    return line;
}

std::string_view without_comment(std::string_view text) {
    return text.substr(0, text.find('#'));
}

}  // namespace

Result<NotationParty> parse_notation_party(std::string_view text) {
    if (auto party = to_party(text)) return *std::move(party);
    return fail(ErrorKind::corrupt, "expected a party, found " + std::string(text));
}

std::optional<Duration> parse_notation_time(std::string_view text) {
    constexpr std::uint32_t most_seconds = 1'000'000'000;
    constexpr std::size_t most_decimals = 9;
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    std::string decimals(point == std::string_view::npos ? "0" : text.substr(point + 1));
    const auto all_digits = [](std::string_view digits) {
        return !digits.empty() &&
               std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    };
    if (!all_digits(whole) || !all_digits(decimals) || decimals.size() > most_decimals) return {};
    decimals.resize(most_decimals, '0');
    const auto seconds = Cursor::to_number(whole, most_seconds);
    const auto nanoseconds = Cursor::to_number(decimals, any32);
    if (!seconds || !nanoseconds) return {};
    const Duration at = std::chrono::seconds(*seconds) + Duration(*nanoseconds);
    return negative ? -at : at;
}

Result<NotationLine> parse_notation(std::string_view text) {
    Cursor cursor(without_comment(text));
    NotationLine line;
    std::string_view time = cursor.peek_word();
    line.after_previous = time.starts_with('+');
    if (line.after_previous) time.remove_prefix(1);
    const auto at = parse_notation_time(time);
    if (!at) return cursor.expected("a time in seconds");
    (void)cursor.word();
    line.at = *at;

    if (!accept_party(cursor, line.from)) return cursor.expected("a party");
    auto whole = cursor.accept("arp") ? parse_neighbor(cursor, std::move(line))
                                      : parse_ip_packet(cursor, std::move(line));
    if (!whole) return whole;
    if (cursor.accept('[')) {
        auto fields = parse_fields(cursor);
        if (!fields) return Unexpected(fields.error());
        whole->fields = *std::move(fields);
    }
    whole->odd = cursor.accept("(odd)");
    if (!cursor.at_end()) return cursor.expected("[FIELDS], (odd) or the end of the line");
    return whole;
}

}  // namespace tcpwhy
