#include "packet/segment.h"
