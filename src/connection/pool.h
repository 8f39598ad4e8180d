// Storage in chunks that never move, with reuse.
#pragma once

#include <sys/mman.h>

#include <bit>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

namespace tcpwhy {

/// Objects by number. Numbers start at 1, so that 0 can mean "none". A chunk is allocated when the
/// former are full; what was released is used again first. Chunks grow to at least a huge page, and
/// the kernel is asked for huge pages: random access to millions of objects is bound by the TLB.
template <typename T>
class Pool {
    static_assert(std::is_trivially_destructible_v<T>, "objects are overwritten, not destroyed");

public:
    /// A fresh object's number.
    [[nodiscard]] std::uint32_t add() {
        if (!free_.empty()) {
            const std::uint32_t number = free_.back();
            free_.pop_back();
            std::construct_at(&(*this)[number]);
            return number;
        }
        if (used_ == chunks_.size() * chunk_size) add_chunk();
        ++used_;
        std::construct_at(&(*this)[used_]);
        return used_;
    }
    void release(std::uint32_t number) { free_.push_back(number); }
    [[nodiscard]] T& operator[](std::uint32_t number) {
        return chunks_[(number - 1) / chunk_size][(number - 1) % chunk_size];
    }
    [[nodiscard]] const T& operator[](std::uint32_t number) const {
        return chunks_[(number - 1) / chunk_size][(number - 1) % chunk_size];
    }
    /// How many objects are in use.
    [[nodiscard]] std::size_t size() const { return used_ - free_.size(); }

private:
    static constexpr std::size_t huge_page = std::size_t{2} << 20;
    static constexpr std::uint32_t chunk_size =
        static_cast<std::uint32_t>(std::bit_ceil(huge_page / sizeof(T)));

    struct Free {
        void operator()(T* chunk) const { ::operator delete(chunk, std::align_val_t{huge_page}); }
    };
    void add_chunk() {
        void* memory = ::operator new(sizeof(T) * chunk_size, std::align_val_t{huge_page});
        madvise(memory, sizeof(T) * chunk_size, MADV_HUGEPAGE);  // only a wish
        chunks_.push_back(std::unique_ptr<T[], Free>(static_cast<T*>(memory)));
    }

    std::vector<std::unique_ptr<T[], Free>> chunks_;
    std::vector<std::uint32_t> free_;
    std::uint32_t used_ = 0;
};

}  // namespace tcpwhy
