#include "report/text_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tcpwhy {

namespace {

constexpr std::size_t label_width = 7;

std::string_view who(By by) {
    switch (by) {
        case By::client:
            return "the client";
        case By::server:
            return "the server";
        case By::middlebox:
            return "a device in between";
        case By::network:
            return "the network";
        case By::none:
        case By::unknown:
            return "";
    }
    return "";
}

// "12:00:01.123456" of a UTC time.
std::string clock_of(Timestamp time) {
    const std::string whole = format_utc(time);
    return whole.substr(11, 15);
}

// What else it may be, by name alone: the reasons stand in the summary and in `-vv`.
void other_names(std::string& out, const Page& page, std::size_t indent,
                 std::span<const Alternative> alternatives) {
    if (alternatives.empty()) return;
    std::string names;
    for (const Alternative& other : alternatives) {
        if (!names.empty()) names += ", ";
        names += other.cause;
    }
    page.labelled(out, indent, "Or:", Style::doubtful, label_width, names);
}

std::string traffic(std::uint64_t packets, std::uint64_t bytes) {
    return count_of(packets, "packet") + ", " + count_of(bytes, "byte");
}

}  // namespace

std::string fate(Outcome outcome, By by) {
    const std::string_view by_whom = who(by);
    const auto done_by = [&](std::string_view what) {
        return by_whom.empty() ? std::string(what) : fmt::format("{} by {}", what, by_whom);
    };
    const auto happened_at = [&](std::string_view what) {
        if (by_whom.empty()) return std::string(what);
        return fmt::format("{} {} {}", what, by == By::network ? "in" : "at", by_whom);
    };
    switch (outcome) {
        case Outcome::ok:
            return "fine";
        case Outcome::open:
            return "open";
        case Outcome::refused:
            return done_by("refused");
        case Outcome::reset:
            return done_by("reset");
        case Outcome::timeout:
            return happened_at("timed out");
        case Outcome::unreachable:
            return "unreachable";
        case Outcome::stalled:
            return happened_at("stalled");
        case Outcome::local_error:
            return "failed on the client's own host";
    }
    return "";
}

Style style_of(Confidence confidence) {
    switch (confidence) {
        case Confidence::certain:
            return Style::good;
        case Confidence::likely:
            return Style::plain;
        case Confidence::possible:
            return Style::doubtful;
    }
    return Style::plain;
}

std::string server_name(const SocketAddress& server) {
    return server.port == 0 ? server.addr.to_string() : server.to_string();
}

std::string port_list(std::span<const std::uint16_t> ports) {
    constexpr std::size_t most_ranges = 6;
    std::string list;
    std::size_t ranges = 0;
    std::size_t at = 0;
    while (at < ports.size() && ranges < most_ranges) {
        std::size_t last = at;
        while (last + 1 < ports.size() && ports[last + 1] - ports[last] <= 1) ++last;
        if (!list.empty()) list += ", ";
        list += last - at < 2 ? std::to_string(ports[at])
                              : fmt::format("{}-{}", ports[at], ports[last]);
        // Two neighbours are two entries.
        at = last - at < 2 ? at + 1 : last + 1;
        ++ranges;
    }
    if (at < ports.size()) list += fmt::format(" and {} more", format_count(ports.size() - at));
    return list;
}

void evidence_lines(std::string& out, const Page& page, std::size_t indent,
                    std::span<const EvidenceLine> evidence) {
    constexpr std::size_t time_width = 15;  // "12:00:01.123456"
    std::size_t frame_width = 0;
    for (const EvidenceLine& line : evidence) {
        frame_width = std::max(frame_width, std::to_string(line.frame).size());
    }
    for (const EvidenceLine& line : evidence) {
        const bool is_first = &line == evidence.data();
        const Duration later = line.time - evidence.front().time;
        const std::string time =
            is_first ? clock_of(line.time)
            : later == Duration::zero()
                ? "+0 s"
                : (later < Duration::zero() ? "" : "+") + format_duration(later);
        std::string label = fmt::format("frame {:>{}}  ", line.frame, frame_width);
        label.append(time_width - std::min(time_width, Page::columns(time)), ' ');
        label += time;
        page.labelled(out, indent, label, Style::dim, Page::columns(label) + 2, line.says);
    }
}

void alternative_lines(std::string& out, const Page& page, std::size_t indent,
                       std::span<const Alternative> alternatives, std::size_t most) {
    const std::size_t shown = std::min(most, alternatives.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const Alternative& other = alternatives[i];
        page.labelled(out, indent, i == 0 ? "Or:" : "", Style::doubtful, label_width,
                      fmt::format("{}: {}", other.cause, other.because));
    }
    if (shown < alternatives.size()) {
        page.labelled(out, indent, "", Style::plain, label_width,
                      fmt::format("and {} more", alternatives.size() - shown));
    }
}

void advice_lines(std::string& out, const Page& page, std::size_t indent,
                  std::span<const std::string> advice) {
    // What to do about it comes first; what would tell it from the alternatives, if any, after.
    for (std::size_t i = 0; i < advice.size(); ++i) {
        page.labelled(out, indent, i == 0 ? "Do:" : "Prove:", Style::good, label_width, advice[i]);
    }
}

std::string connection_text(const Page& page, const Verdict& verdict) {
    constexpr std::size_t indent = 2;
    constexpr std::size_t deeper = 4;
    std::string out = page.painted(Style::bold, fmt::format("{} > {}", server_name(verdict.client),
                                                            server_name(verdict.server)));
    out += "  " + page.painted(verdict.failed() ? Style::bad_bold : Style::good, verdict.cause);
    out += "\n";
    page.paragraph(
        out, indent,
        fmt::format("{}; {}", fate(verdict.outcome, verdict.by), to_string(verdict.confidence)));
    std::string facts = fmt::format("{}, lasted {}", format_utc(verdict.start),
                                    format_duration(verdict.end - verdict.start));
    if (verdict.client_packets + verdict.server_packets != 0) {
        facts += fmt::format("; client {}; server {}",
                             traffic(verdict.client_packets, verdict.client_bytes),
                             traffic(verdict.server_packets, verdict.server_bytes));
        if (verdict.rtt >= Duration::zero()) {
            facts += "; round trip " + format_duration(verdict.rtt);
        }
        facts += fmt::format("; {} {}; client {}, server {}", verdict.conn_state, verdict.history,
                             verdict.client_state, verdict.server_state);
    }
    for (const std::string& note : verdict.notes) facts += "; " + note;
    page.paragraph(out, indent, facts, Style::dim);
    page.paragraph(out, indent, verdict.summary);
    evidence_lines(out, page, deeper, verdict.evidence);
    if (!verdict.ladder.empty()) page.paragraph(out, indent, "Packets:", Style::dim);
    for (const std::string& line : verdict.ladder) {
        out.append(deeper, ' ');
        out += line + "\n";
    }
    if (verdict.excluded.empty()) {
        other_names(out, page, indent, verdict.alternatives);
    } else {
        alternative_lines(out, page, indent, verdict.alternatives, verdict.alternatives.size());
    }
    if (!verdict.excluded.empty()) page.paragraph(out, indent, "Ruled out:", Style::dim);
    for (const Exclusion& not_it : verdict.excluded) {
        page.labelled(out, deeper, std::string(not_it.cause) + ":", Style::dim,
                      not_it.cause.size() + 2, not_it.because);
    }
    return out + "\n";
}

}  // namespace tcpwhy
