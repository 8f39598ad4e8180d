#pragma once
namespace tcpwhy { class FragmentTable {}; }
