#include "report/zeek.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace tcpwhy {

namespace {

struct Column {
    std::string_view name;
    std::string_view type;
};

// scripts/base/protocols/conn/main.zeek, then ours.
constexpr std::array<Column, 23> columns{{
    {"ts", "time"},          {"uid", "string"},          {"id.orig_h", "addr"},
    {"id.orig_p", "port"},   {"id.resp_h", "addr"},      {"id.resp_p", "port"},
    {"proto", "enum"},       {"service", "string"},      {"duration", "interval"},
    {"orig_bytes", "count"}, {"resp_bytes", "count"},    {"conn_state", "string"},
    {"local_orig", "bool"},  {"local_resp", "bool"},     {"missed_bytes", "count"},
    {"history", "string"},   {"orig_pkts", "count"},     {"orig_ip_bytes", "count"},
    {"resp_pkts", "count"},  {"resp_ip_bytes", "count"}, {"tunnel_parents", "set[string]"},
    {"cause", "string"},     {"confidence", "string"},
}};

// Zeek reads packet times in whole microseconds, whatever the file holds.
std::int64_t microseconds(Timestamp time) {
    return std::chrono::floor<std::chrono::microseconds>(time).time_since_epoch().count();
}

std::string seconds(std::int64_t us) {
    constexpr std::int64_t us_per_second = 1'000'000;
    return fmt::format("{}{}.{:06}", us < 0 ? "-" : "", std::abs(us) / us_per_second,
                       std::abs(us) % us_per_second);
}

// "2023-11-14-22-13-20", in UTC: the same capture gives the same log everywhere.
std::string log_time(Timestamp time) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    return fmt::format("{:%Y-%m-%d-%H-%M-%S}", fmt::gmtime(static_cast<std::time_t>(whole)));
}

// When this side closed in Zeek's sense: its first FIN or RST.
std::optional<Timestamp> closed_at(const Evidence& evidence, Party party) {
    std::optional<Timestamp> closed;
    for (const Moment* moment : {&evidence.side(party).fin, &evidence.reset.moment,
                                 &evidence.reset_of_other_side.moment}) {
        if (*moment && moment->from == party && (!closed || moment->time < *closed)) {
            closed = moment->time;
        }
    }
    return closed;
}

// The last packet that counts for `duration`: once both sides have closed, none does any more
// (TCPSessionAdapter::Process: `! orig->did_close || ! resp->did_close`).
Timestamp last_counted(const Evidence& evidence) {
    const auto client = closed_at(evidence, Party::client);
    const auto server = closed_at(evidence, Party::server);
    return client && server ? std::max(*client, *server) : evidence.end;
}

// FNV-1a, then a multiplication that spreads the last bytes over all bits.
class Hash {
public:
    explicit Hash(std::uint64_t seed) : value_(seed) {}
    void add(std::string_view bytes) {
        for (const char byte : bytes) {
            value_ = (value_ ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
        }
    }
    template <typename Number>
    void add_number(Number number) {
        std::array<char, sizeof number> bytes{};
        for (std::size_t i = 0; i < sizeof number; ++i) {
            bytes[i] = static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * i));
        }
        add({bytes.data(), bytes.size()});
    }
    [[nodiscard]] std::uint64_t value() const {
        const std::uint64_t mixed = (value_ ^ (value_ >> 32U)) * 0x9e3779b97f4a7c15;
        return mixed ^ (mixed >> 29U);
    }

private:
    std::uint64_t value_;
};

// 'C' and seventeen letters, like Zeek's, but made of the connection: every run gives the same.
std::string uid_of(const Judged& judged) {
    constexpr std::string_view alphabet =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr std::array<std::size_t, 2> letters{9, 8};
    const Evidence& e = judged.evidence;
    std::string uid = "C";
    for (std::size_t half = 0; half < letters.size(); ++half) {
        Hash hash(0xcbf29ce484222325 + half);
        hash.add(judged.vantage);
        for (const EvidenceSide* side : {&e.client, &e.server}) {
            const auto& bytes = side->address.addr.bytes;
            hash.add({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
            hash.add_number(side->address.port);
        }
        hash.add_number(e.start.time_since_epoch().count());
        std::uint64_t rest = hash.value();
        for (std::size_t i = 0; i < letters[half]; ++i, rest /= alphabet.size()) {
            uid += alphabet[rest % alphabet.size()];
        }
    }
    return uid;
}

std::string_view or_unset(std::string_view text) {
    return text.empty() ? "-" : text;
}

class ZeekReport : public Report {
public:
    explicit ZeekReport(Output& output) : output_(output) {}

    void begin(const std::string&) override {}
    void connection(const Judged& judged) override;
    void group(const VerdictGroup&) override {}
    void end(const CaptureSummary& summary) override;
    void finish() override;

private:
    void header(Timestamp opened);

    Output& output_;
    std::string row_;
    bool has_header_ = false;
    Timestamp last_{};
};

void ZeekReport::header(Timestamp opened) {
    if (has_header_) return;
    has_header_ = true;
    std::string lines =
        "#separator "
        "\\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n";
    lines += "#open\t" + log_time(opened) + "\n#fields";
    for (const Column& column : columns) lines.append("\t").append(column.name);
    lines += "\n#types";
    for (const Column& column : columns) lines.append("\t").append(column.type);
    output_.write(lines + "\n");
}

void ZeekReport::connection(const Judged& judged) {
    const Evidence& e = judged.evidence;
    if (e.neighbor_only) return;
    header(e.start);
    last_ = std::max(last_, e.end);

    const std::int64_t duration = microseconds(last_counted(e)) - microseconds(e.start);
    const bool lasted = duration > 0;
    // How many bytes a gap took is not known, only that there is one.
    const bool gaps =
        e.client.gap || e.server.gap || e.client.acked_unseen || e.server.acked_unseen;
    row_.clear();
    auto out = std::back_inserter(row_);
    fmt::format_to(out, "{}\t{}\t{}\t{}\t{}\t{}\ttcp\t-\t", seconds(microseconds(e.start)),
                   uid_of(judged), e.client.address.addr.to_string(), e.client.address.port,
                   e.server.address.addr.to_string(), e.server.address.port);
    if (lasted) {
        fmt::format_to(out, "{}\t{}\t{}\t", seconds(duration), e.client.bytes, e.server.bytes);
    } else {
        row_ += "-\t-\t-\t";
    }
    fmt::format_to(out, "{}\t-\t-\t{}\t{}\t{}\t{}\t{}\t{}\t-\t{}\t{}\n", or_unset(e.conn_state),
                   gaps ? "-" : "0", or_unset(e.history), e.client.packets, e.client.ip_bytes,
                   e.server.packets, e.server.ip_bytes, judged.diagnosis.cause->id,
                   to_string(judged.diagnosis.confidence));
    output_.write(row_);
}

void ZeekReport::end(const CaptureSummary& summary) {
    header(summary.first_packet);
    last_ = std::max(last_, summary.last_packet);
    output_.flush();
}

void ZeekReport::finish() {
    header({});
    output_.write("#close\t" + log_time(last_) + "\n");
    output_.flush();
}

}  // namespace

std::unique_ptr<Report> make_zeek_report(Output& output) {
    return std::make_unique<ZeekReport>(output);
}

}  // namespace tcpwhy
