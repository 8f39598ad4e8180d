// One way of showing results: text, JSON Lines or Zeek's conn.log. All have these calls.
#pragma once

#include "analysis/analyze.h"

namespace tcpwhy {

/// Shows the results of one or more captures, one after the other.
class Report : public VerdictSink {
public:
    /// The verdicts of one capture follow.
    virtual void begin(const std::string& vantage) = 0;
    /// One capture is complete.
    virtual void end(const CaptureSummary& summary) = 0;
    /// All captures are complete.
    virtual void finish() = 0;
};

}  // namespace tcpwhy
