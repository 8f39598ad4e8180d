#include "report/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "report/page.h"
#include "report/selection.h"
#include "report/spool.h"
#include "report/text_groups.h"
#include "report/text_overview.h"
#include "report/text_quality.h"
#include "report/text_words.h"

namespace tcpwhy {

namespace {

// A page: so many groups in full, and not all of them of one cause.
constexpr std::size_t groups_in_full = 8;
constexpr std::size_t of_one_cause_in_full = 2;
constexpr std::size_t alternatives_in_summary = 3;

// What a capture without connections holds.
std::string what_else(const CaptureSummary& s) {
    std::string found;
    const auto add = [&found](std::uint64_t count, std::string_view one, std::string_view many) {
        if (count != 0) found += (found.empty() ? "" : ", ") + count_of(count, one, many);
    };
    add(s.tcp_segments, "TCP segment", "TCP segments");
    add(s.icmp_errors, "ICMP error", "ICMP errors");
    add(s.other_ip_packets, "other IP packet", "other IP packets");
    add(s.neighbor_messages, "ARP or neighbour message", "ARP or neighbour messages");
    add(s.not_ip_packets, "frame that is not IP", "frames that are not IP");
    return found.empty() ? "nothing in it could be read as IP" : found;
}

class TextReport : public Report {
public:
    TextReport(Output& output, const TextOptions& options)
        : output_(output), options_(options), page_(options.color, options.width) {}

    void begin(const std::string& vantage) override;
    void connection(const Judged& judged) override;
    void group(const VerdictGroup& group) override;
    void end(const CaptureSummary& summary) override;
    void finish() override { output_.flush(); }

private:
    void headline(std::string& out, const CaptureSummary& summary) const;
    void failures(std::string& out) const;
    void failure_in_full(std::string& out, const FailureGroup& group, bool with_advice) const;
    [[nodiscard]] std::string times(const FailureGroup& group) const;
    void healthy(std::string& out) const;
    void quality(std::string& out, const CaptureSummary& summary) const;

    Output& output_;
    TextOptions options_;
    Page page_;
    std::string vantage_;
    bool is_first_ = true;
    std::uint64_t failed_ = 0;
    std::uint64_t total_ = 0;
    std::map<std::string_view, std::uint64_t> not_failed_;  ///< by cause
    std::uint64_t slow_to_open_ = 0;  ///< not failed, but the SYN had to be repeated
    Duration slowest_{};              ///< the longest time that one of them took to open
    FailureGroups groups_;
    Spool details_;
};

void TextReport::begin(const std::string& vantage) {
    vantage_ = vantage == "-" ? "standard input" : printable(vantage);
    failed_ = total_ = slow_to_open_ = 0;
    slowest_ = {};
    not_failed_.clear();
    groups_.clear();
}

void TextReport::connection(const Judged& judged) {
    const bool failed = is_failure(judged.diagnosis.cause->outcome);
    ++total_;
    if (failed) {
        ++failed_;
        groups_.add(judged);
    } else {
        ++not_failed_[judged.diagnosis.cause->id];
        const Evidence& evidence = judged.evidence;
        if (evidence.established && evidence.syns.count > 1 && evidence.handshake_ack) {
            ++slow_to_open_;
            slowest_ = std::max(slowest_, evidence.handshake_ack.time - evidence.syns.first.time);
        }
    }
    if (options_.selected || (failed && options_.verbosity > 0)) {
        const Verdict verdict =
            describe(judged, {.exclusions = options_.verbosity > 1, .ladder = true});
        details_.add(connection_text(page_, verdict));
    }
}

void TextReport::group(const VerdictGroup& group) {
    total_ += group.count;
    if (is_failure(group.outcome)) {
        failed_ += group.count;
        groups_.add(group);
    } else {
        not_failed_[group.cause] += group.count;
    }
}

void TextReport::headline(std::string& out, const CaptureSummary& s) const {
    const std::uint64_t all = s.connections + s.folded;
    std::string counts;
    if (s.packets == 0) {
        counts = "no packets";
    } else if (all == 0) {
        counts = "no TCP connections";
    } else {
        if (total_ != all) counts = fmt::format("{} of ", format_count(total_));
        counts += count_of(all, "connection");
        if (total_ != 0) {
            counts +=
                failed_ == 0 ? ", none failed" : fmt::format(", {} failed", format_count(failed_));
        }
    }
    out += page_.painted(Style::bold, vantage_) + ": " +
           page_.painted(failed_ == 0 ? Style::bold : Style::bad_bold, counts) + "\n";
    if (s.packets == 0) return;
    page_.paragraph(out, 2,
                    fmt::format("{} in {} from {} ({})", count_of(s.packets, "packet"),
                                format_duration(s.last_packet - s.first_packet),
                                format_utc(s.first_packet), s.capture.format),
                    Style::dim);
    if (all == 0) page_.paragraph(out, 2, what_else(s), Style::dim);
}

// "3 times from 192.0.2.9 within 6.2 s"
std::string TextReport::times(const FailureGroup& group) const {
    std::string text = group.count == 1 ? "once" : count_of(group.count, "time");
    text += " from ";
    text += group.several_clients ? "several clients" : group.client.addr.to_string();
    if (group.count > 1) text += " within " + format_duration(group.last - group.first);
    return text;
}

void TextReport::failure_in_full(std::string& out, const FailureGroup& group,
                                 bool with_advice) const {
    const Verdict* example = groups_.example(group);
    out += "\n" + page_.painted(Style::bad_bold, group.cause->id) + "  " +
           page_.painted(Style::bold, place_of(group)) + "\n";
    std::string facts = times(group) + ", " +
                        fate(group.cause->outcome, example == nullptr ? By::unknown : example->by) +
                        "; ";
    facts += group.weakest == group.strongest
                 ? std::string(to_string(group.weakest))
                 : fmt::format("{} to {}", to_string(group.weakest), to_string(group.strongest));
    page_.paragraph(out, 2, facts, Style::dim);
    if (example == nullptr) return;
    const bool one_of_many = group.ports.size() > 1;
    page_.paragraph(out, 2, (one_of_many ? "For example: " : "") + example->summary);
    evidence_lines(out, page_, 4, example->evidence);
    alternative_lines(out, page_, 2, example->alternatives, alternatives_in_summary);
    if (with_advice) advice_lines(out, page_, 2, example->advice);
}

void TextReport::failures(std::string& out) const {
    const std::vector<FailureGroup> ranked = groups_.ranked();
    overview_lines(out, page_, ranked);
    std::map<const Cause*, std::size_t> shown_of;
    std::size_t shown = 0;
    for (const FailureGroup& group : ranked) {
        std::size_t& of_cause = shown_of[group.cause];
        if (shown == groups_in_full) break;
        if (of_cause == of_one_cause_in_full) continue;
        failure_in_full(out, group, of_cause == 0);
        ++of_cause;
        ++shown;
    }
}

void TextReport::healthy(std::string& out) const {
    static const std::map<std::string_view, std::string_view> phrases{
        {"closed-normally", "closed normally"},
        {"still-open", "still open when the capture ended"},
        {"reset-after-close", "reset harmlessly, after everything was delivered"},
        {"not-enough-evidence", "with too little in the capture to tell"},
        {"time-wait-assassination", "whose TIME_WAIT a late reset ended"},
    };
    std::string line;
    for (const auto& [cause, count] : not_failed_) {
        const auto phrase = phrases.find(cause);
        if (!line.empty()) line += ", ";
        line += fmt::format("{} {}", format_count(count),
                            phrase == phrases.end() ? cause : phrase->second);
    }
    if (line.empty()) return;
    out += "\n";
    line += ".";
    if (slow_to_open_ != 0) {
        line += fmt::format(
            " {} opened only after the SYN was repeated, the slowest after {}: look for packet "
            "loss "
            "or a full accept queue.",
            count_of(slow_to_open_, "of them", "of them"), format_duration(slowest_));
    }
    page_.labelled(out, 0, "Not failed:", Style::bold, 12, line);
}

void TextReport::quality(std::string& out, const CaptureSummary& summary) const {
    const std::vector<std::string> sentences = quality_sentences(summary);
    if (sentences.empty()) return;
    out += "\n" + page_.painted(Style::bold, "About this capture:") + "\n";
    for (const std::string& sentence : sentences) {
        page_.labelled(out, 2, "-", Style::plain, 2, sentence);
    }
}

void TextReport::end(const CaptureSummary& summary) {
    std::string out = is_first_ ? "" : "\n";
    is_first_ = false;
    headline(out, summary);
    failures(out);
    healthy(out);
    quality(out, summary);
    if (!details_.empty()) {
        out += "\n" + page_.painted(Style::bold, "Connections:") + "\n\n";
    }
    output_.write(out);
    if (!details_.move_to(output_)) {
        output_.write("(Some of the list is lost: the folder for temporary files is full.)\n");
    }
    output_.flush();
}

}  // namespace

std::unique_ptr<Report> make_text_report(Output& output, const TextOptions& options) {
    return std::make_unique<TextReport>(output, options);
}

}  // namespace tcpwhy
