#include "source/packet_source.h"
