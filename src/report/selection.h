// Which connections a report is asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace tcpwhy {

/// A range of addresses: all that share the first `prefix` bits of `first`.
struct AddressRange {
    IpAddress first;
    std::uint8_t prefix = 128;  ///< of 128 bits; an IPv4 prefix counts 96 more

    /// "192.0.2.1", "192.0.2.0/24", "2001:db8::/32"; nothing for anything else.
    static std::optional<AddressRange> parse(std::string_view text);
    [[nodiscard]] bool contains(const IpAddress& address) const;
};

/// What --failed, --cause, --host and --port ask for. An empty list asks for everything; several
/// entries of one list ask for any of them.
struct Selection {
    bool failed = false;
    std::vector<std::string_view> causes;
    std::vector<AddressRange> hosts;   ///< either side
    std::vector<std::uint16_t> ports;  ///< either side

    /// Whether anything at all is asked for.
    [[nodiscard]] bool narrows() const {
        return failed || !causes.empty() || !hosts.empty() || !ports.empty();
    }
    [[nodiscard]] bool matches(const Judged& judged) const;
    [[nodiscard]] bool matches(const VerdictGroup& group) const;
};

/// Whether the outcome is a failure: neither ok nor open.
[[nodiscard]] constexpr bool is_failure(Outcome outcome) {
    return outcome != Outcome::ok && outcome != Outcome::open;
}

/// Hands on to another report what a selection asks for, and counts it.
class SelectingReport : public Report {
public:
    SelectingReport(Selection selection, std::unique_ptr<Report> next)
        : selection_(std::move(selection)), next_(std::move(next)) {}

    void begin(const std::string& vantage) override { next_->begin(vantage); }
    void connection(const Judged& judged) override;
    void group(const VerdictGroup& group) override;
    void end(const CaptureSummary& summary) override { next_->end(summary); }
    void finish() override { next_->finish(); }

    /// How many of the connections handed on had failed.
    [[nodiscard]] std::uint64_t failures() const { return failures_; }

private:
    Selection selection_;
    std::unique_ptr<Report> next_;
    std::uint64_t failures_ = 0;
};

}  // namespace tcpwhy
