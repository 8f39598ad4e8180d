// From what the table keeps to what the rules read.
#pragma once

#include "connection/cold_storage.h"
#include "connection/connection.h"
#include "connection/evidence.h"
#include "connection/hosts.h"
#include "connection/neighbors.h"

namespace tcpwhy {

/// What is known of the capture when a connection is judged.
struct CaptureSpan {
    Timestamp start{};
    Timestamp end{};
    bool dropped_packets = false;  ///< the capturing program says that it lost some
    bool one_direction_everywhere = false;
};

/// The evidence on one connection.
[[nodiscard]] Evidence make_evidence(const Connection& c, const ColdStorage& cold,
                                     const HostTable& hosts, const NeighborTable& neighbors,
                                     const CaptureSpan& span);

/// The evidence on questions for a neighbour that nobody answered.
[[nodiscard]] Evidence make_evidence(const NeighborRun& run, const CaptureSpan& span);

}  // namespace tcpwhy
