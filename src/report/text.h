// Text for a person in a hurry: the summary first, then what else was asked for.
#pragma once

#include <cstddef>
#include <memory>

#include "report/output.h"
#include "report/report.h"

namespace tcpwhy {

/// How the text report looks and how much it says.
struct TextOptions {
    bool color = false;
    std::size_t width = 80;  ///< columns
    int verbosity = 0;       ///< 1: each failed connection; 2: also why it is nothing else
    bool selected = false;   ///< a selection is in force: each connection that comes is listed
};

/// `output` must remain live while the report is.
[[nodiscard]] std::unique_ptr<Report> make_text_report(Output& output, const TextOptions& options);

}  // namespace tcpwhy
