// What one more segment tells about its connection.
#pragma once

#include "connection/cold_storage.h"
#include "connection/connection.h"
#include "packet/segment.h"

namespace tcpwhy {

/// Takes a segment into its connection's account. The caller has found the connection and knows
/// who sent it; copies of one packet have been left out.
void track(Connection& c, const Segment& s, Party from, ColdStorage& cold);

/// A further view of a packet that was already tracked: only what its TTL tells is of use.
void track_copy(Connection& c, const Segment& s, Party from, ColdStorage& cold);

// The parts of track(), each in its file.
void track_syn(Connection& c, const Segment& s, Party from, ColdStorage& cold);
void track_transfer(Connection& c, const Segment& s, Party from, ColdStorage& cold);
void track_reset(Connection& c, const Segment& s, Party from, ColdStorage& cold);

}  // namespace tcpwhy
