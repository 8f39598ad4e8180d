#include "report/text_overview.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "report/text_words.h"

namespace tcpwhy {

namespace {

constexpr std::size_t groups_worth_a_list = 4;
constexpr std::size_t groups_in_a_list = 20;
constexpr std::size_t places_in_a_row = 3;

struct Row {
    std::uint64_t count = 0;
    const Cause* cause = nullptr;
    std::string where;
    std::size_t groups = 1;
};

std::vector<Row> rows_of_groups(std::span<const FailureGroup> ranked) {
    std::vector<Row> rows;
    for (const FailureGroup& group : ranked) {
        rows.push_back({group.count, group.cause, place_of(group), 1});
    }
    return rows;
}

// Each cause with the places that it struck most.
std::vector<Row> rows_of_causes(std::span<const FailureGroup> ranked) {
    std::vector<Row> rows;
    for (const FailureGroup& group : ranked) {
        auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const Row& r) { return r.cause == group.cause; });
        if (row == rows.end()) row = rows.insert(row, {0, group.cause, "", 0});
        row->count += group.count;
        if (row->groups++ >= places_in_a_row) continue;
        if (!row->where.empty()) row->where += ", ";
        row->where += fmt::format("{} ({})", place_of(group), format_count(group.count));
    }
    for (Row& row : rows) {
        if (row.groups <= places_in_a_row) continue;
        row.where += fmt::format(" and {} more", format_count(row.groups - places_in_a_row));
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& a, const Row& b) { return a.count > b.count; });
    return rows;
}

}  // namespace

std::string place_of(const FailureGroup& group) {
    if (group.server.is_unspecified() && group.ports.front() == 0) return "many other servers";
    if (group.ports.size() == 1) return server_name({group.server, group.ports.front()});
    return fmt::format("{}, {} ports ({})", group.server.to_string(),
                       format_count(group.ports.size()), port_list(group.ports));
}

void overview_lines(std::string& out, const Page& page, std::span<const FailureGroup> ranked) {
    if (ranked.size() < groups_worth_a_list) return;
    const bool by_cause = ranked.size() > groups_in_a_list;
    const std::vector<Row> rows = by_cause ? rows_of_causes(ranked) : rows_of_groups(ranked);
    std::size_t count_width = 0;
    std::size_t cause_width = 0;
    for (const Row& row : rows) {
        count_width = std::max(count_width, format_count(row.count).size());
        cause_width = std::max(cause_width, row.cause->id.size());
    }
    constexpr std::string_view times = " × ";
    const std::size_t label_width = count_width + Page::columns(times) + cause_width + 2;
    out += '\n';
    for (const Row& row : rows) {
        const std::string label =
            fmt::format("{:>{}}{}{}", format_count(row.count), count_width, times, row.cause->id);
        page.labelled(out, 2, label, Style::bad, label_width, row.where);
    }
    if (by_cause) page.paragraph(out, 2, "--failed lists every connection.", Style::dim);
}

}  // namespace tcpwhy
