// Storage in chunks that never move, with reuse.
#pragma once

#include <bit>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

#include "base/huge_pages.h"

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
    static constexpr std::uint32_t chunk_size =
        static_cast<std::uint32_t>(std::bit_ceil(HugePageAllocator<T>::huge_page / sizeof(T)));

    struct Free {
        void operator()(T* chunk) const { HugePageAllocator<T>().deallocate(chunk, chunk_size); }
    };
    void add_chunk() {
        chunks_.push_back(std::unique_ptr<T[], Free>(HugePageAllocator<T>().allocate(chunk_size)));
    }

    std::vector<std::unique_ptr<T[], Free>> chunks_;
    std::vector<std::uint32_t> free_;
    std::uint32_t used_ = 0;
};

}  // namespace tcpwhy
