// JSON Lines: one object a line. docs/output.md describes every field.
#pragma once

#include <memory>

#include "report/output.h"
#include "report/report.h"

namespace tcpwhy {

/// What the JSON report holds beyond the fields that are always there.
struct JsonOptions {
    bool ladder = false;      ///< "ladder": the decisive packets in the notation
    bool exclusions = false;  ///< "excluded": why each other cause is ruled out
    bool summary = false;     ///< a "tcpwhy.summary/1" object after each capture's connections
};

/// `output` must remain live while the report is.
[[nodiscard]] std::unique_ptr<Report> make_json_report(Output& output,
                                                       const JsonOptions& options = {});

}  // namespace tcpwhy
