// Any text as a line of notation: what can be read is printed so that it reads the same.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "notation/notation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto line = tcpwhy::parse_notation(text);
    if (!line) return 0;
    const auto printed = tcpwhy::print(*line);
    const auto again = tcpwhy::parse_notation(printed);
    if (!again || *again != *line || tcpwhy::print(*again) != printed) {
        std::cerr << "read:    " << text << "\nprinted: " << printed << '\n'
                  << (again ? "which reads differently" : again.error().what) << '\n';
        std::abort();
    }
    return 0;
}
