// Zeek's conn.log, with the cause at the end. docs/output.md describes every column.
#pragma once

#include <memory>

#include "report/output.h"
#include "report/report.h"

namespace tcpwhy {

/// One log for all captures of the run. Folded groups and hosts that were only asked for by ARP
/// or neighbour discovery are no connections in Zeek's sense and have no row.
/// `output` must remain live while the report is.
[[nodiscard]] std::unique_ptr<Report> make_zeek_report(Output& output);

}  // namespace tcpwhy
