// Link types and what their packets begin with.
#pragma once

#include "packet/raw_packet.h"
#include "packet/step.h"

namespace tcpwhy::wire {

/// What a packet of this link type begins with; unknown_link_type where it is not read.
[[nodiscard]] Layer first_layer(LinkType type);

}  // namespace tcpwhy::wire
