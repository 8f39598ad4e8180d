// Runs a fuzz target over files, without libFuzzer: `<name>_replay FILE-OR-FOLDER...`.
// A crash or a sanitizer's report ends it, as it would end the fuzzer; the input is named first.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::vector<std::filesystem::path> files_below(const std::filesystem::path& path) {
    if (!std::filesystem::is_directory(path)) return {path};
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// False when the file cannot be read.
bool replay(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return false;
    const std::vector<char> content{std::istreambuf_iterator<char>(stream), {}};
    // A copy of exactly that size, so that a read past the end is one past the allocation.
    const std::vector<std::uint8_t> bytes(content.begin(), content.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t count = 0;
    const std::uint8_t nothing = 0;
    LLVMFuzzerTestOneInput(&nothing, 0);
    for (int at = 1; at < argc; ++at) {
        if (!std::filesystem::exists(argv[at])) {
            std::fprintf(stderr, "%s: no such file or folder\n", argv[at]);
            return 2;
        }
        for (const auto& file : files_below(argv[at])) {
            std::fprintf(stderr, "%s\n", file.c_str());
            if (!replay(file)) {
                std::fprintf(stderr, "%s: cannot be read\n", file.c_str());
                return 2;
            }
            ++count;
        }
    }
    std::printf("%zu inputs\n", count);
    return count == 0 ? 2 : 0;
}
