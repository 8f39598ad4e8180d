#include "notation/parse_options.h"

#include <limits>

namespace tcpwhy {

namespace {

constexpr std::uint32_t any32 = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t any16 = 0xffff;
constexpr std::uint32_t any8 = 0xff;
constexpr std::size_t most_sack_blocks = 4;  // what fits into 40 bytes (RFC 2018 3)

using Kind = NotationOption::Kind;

struct PlainOption {
    std::string_view word;
    Kind kind;
    std::uint32_t limit;  // of its value; 0 = it has none
};
constexpr PlainOption plain_options[] = {
    {"eol", Kind::end, 0},
    {"nop", Kind::nop, 0},
    {"mss", Kind::mss, any16},
    {"wscale", Kind::window_scale, any8},
    {"sackOK", Kind::sack_permitted, 0},
    {"md5", Kind::md5, 0},
    {"ao", Kind::ao, 0},
    {"kind", Kind::other, any8},
};

Result<NotationOption> parse_sack(Cursor& cursor) {
    NotationOption option{.kind = Kind::sack, .value = 0, .echo = 0, .blocks = {}};
    for (std::string_view word = cursor.peek_word(); !word.empty(); word = cursor.peek_word()) {
        const auto colon = word.find(':');
        if (colon == std::string_view::npos) return cursor.expected("FIRST:LAST");
        const auto first = Cursor::to_number(word.substr(0, colon), any32);
        const auto last = Cursor::to_number(word.substr(colon + 1), any32);
        if (!first || !last) return cursor.expected("FIRST:LAST");
        (void)cursor.word();
        option.blocks.push_back({*first, *last});
    }
    if (option.blocks.empty()) return cursor.expected("FIRST:LAST");
    if (option.blocks.size() > most_sack_blocks) return cursor.error("more than four SACK blocks");
    return option;
}

Result<NotationOption> parse_timestamps(Cursor& cursor) {
    NotationOption option{.kind = Kind::clock_timestamps, .value = 0, .echo = 0, .blocks = {}};
    if (!cursor.accept("val")) return option;
    option.kind = Kind::timestamps;
    const auto value = cursor.number(any32);
    if (!value) return cursor.expected("the number of TS val");
    if (!cursor.accept("ecr")) return cursor.expected("ecr");
    const auto echo = cursor.number(any32);
    if (!echo) return cursor.expected("the number of ecr");
    option.value = *value;
    option.echo = *echo;
    return option;
}

Result<NotationOption> parse_mptcp(Cursor& cursor) {
    NotationOption option{.kind = Kind::mptcp_capable, .value = 0, .echo = 0, .blocks = {}};
    if (cursor.accept("capable")) return option;
    if (cursor.accept("join")) {
        option.kind = Kind::mptcp_join;
        return option;
    }
    if (!cursor.accept("rst")) return cursor.expected("capable, join or rst");
    option.kind = Kind::mptcp_reset;
    const auto reason = cursor.number(any8);
    if (!reason) return cursor.expected("a reason of 0 to 255");
    option.value = *reason;
    return option;
}

Result<NotationOption> parse_option(Cursor& cursor) {
    NotationOption option;
    if (cursor.accept("sack")) return parse_sack(cursor);
    if (cursor.accept("TS")) return parse_timestamps(cursor);
    if (cursor.accept("mptcp")) return parse_mptcp(cursor);
    if (cursor.accept("FO")) {
        option.kind = cursor.accept("cookie") ? Kind::fast_open_cookie : Kind::fast_open;
        return option;
    }
    for (const auto& plain : plain_options) {
        if (!cursor.accept(plain.word)) continue;
        option.kind = plain.kind;
        if (plain.limit == 0) return option;
        const auto value = cursor.number(plain.limit);
        if (!value) return cursor.expected("a number");
        option.value = *value;
        return option;
    }
    return cursor.expected("a TCP option");
}

template <typename Number>
bool parse_number_field(Cursor& cursor, std::optional<Number>& field, std::uint32_t limit) {
    const auto value = cursor.number(limit);
    if (value) field = static_cast<Number>(*value);
    return value.has_value();
}

bool parse_raw(Cursor& cursor, NotationFields& f) {
    if (cursor.accept("seq")) return parse_number_field(cursor, f.raw_seq, any32);
    return cursor.accept("ack") && parse_number_field(cursor, f.raw_ack, any32);
}

bool parse_new(Cursor& cursor, NotationFields& f) {
    f.new_connection = true;
    if (!cursor.accept("isn")) return true;
    std::string_view digits = cursor.peek_word();
    const bool negative = digits.starts_with('-');
    if (negative) digits.remove_prefix(1);
    const auto value = Cursor::to_number(digits, std::numeric_limits<std::int32_t>::max());
    if (!value) return false;
    (void)cursor.word();
    const auto distance = static_cast<std::int32_t>(*value);
    f.isn_advance = negative ? -distance : distance;
    return true;
}

bool parse_field(Cursor& cursor, NotationFields& f) {
    const std::string_view word = cursor.word();
    if (word == "ttl") return parse_number_field(cursor, f.ttl, any8);
    if (word == "id") return parse_number_field(cursor, f.id, any16);
    if (word == "tos") return parse_number_field(cursor, f.tos, any8);
    if (word == "flow") return parse_number_field(cursor, f.flow_label, 0xfffff);
    if (word == "urg") return parse_number_field(cursor, f.urgent, any16);
    if (word == "vlan") return parse_number_field(cursor, f.vlan, 0xfff);
    if (word == "interface") return parse_number_field(cursor, f.interface, any8);
    if (word == "cut") return parse_number_field(cursor, f.cut, any16);
    if (word == "quote") return parse_number_field(cursor, f.quote, any8);
    if (word == "quoted")
        return cursor.accept("ttl") && parse_number_field(cursor, f.quoted_ttl, any8);
    if (word == "raw") return parse_raw(cursor, f);
    if (word == "new") return parse_new(cursor, f);
    if (word == "bad") return f.bad_checksum = cursor.accept("checksum");
    if (word == "copy") return f.copy = true;
    if (word == "old") return f.old_numbers = true;
    if (word != "df" && word != "nodf") return false;
    f.dont_fragment = word == "df";
    return true;
}

}  // namespace

Result<std::vector<NotationOption>> parse_options(Cursor& cursor) {
    std::vector<NotationOption> options;
    if (cursor.accept('>')) return options;
    do {
        auto option = parse_option(cursor);
        if (!option) return tl::unexpected<Error>(option.error());
        options.push_back(*std::move(option));
    } while (cursor.accept(','));
    if (!cursor.accept('>')) return cursor.expected("',' or '>'");
    return options;
}

Result<NotationFields> parse_fields(Cursor& cursor) {
    NotationFields fields;
    do {
        const Cursor before = cursor;
        if (!parse_field(cursor, fields)) {
            cursor = before;
            return cursor.expected("a field with its value");
        }
    } while (cursor.accept(','));
    if (!cursor.accept(']')) return cursor.expected("',' or ']'");
    return fields;
}

}  // namespace tcpwhy
