// Yardstick of ENCODE-POISSON: what one thread of C++ needs to encode MNIST digits with the balanced network.
//
// The network of the product's image encoder: 1,024 E + 256 I, exactly 102 E and 26 I inputs each (no repeats, none from
// itself), J = 0.4 mV, g = 5, tauMem 20 ms, threshold 20, reset 10 mV, tRef 2, delay 1.5, dt 0.1 ms, 250 ms an image;
// unit i gets Poisson spikes of mean (1 + 2 pixel) nuThr C_E dt per step from the pixel at its place on the lattice.
//
// Made as fast as we know how: AVX2; 16 noise words at a time (8 lanes of xorshift32, two 16-bit halves each) against an
// inverse distribution that is tabulated once for the 256 grey levels; counts in 16 bits, which an integer g allows;
// spike lists for the delay. The noise has 16 bits where the product's has 32.
//
// Build: g++ -O3 -march=native -ffast-math -std=c++17 encode-poisson.cpp -o encode-poisson
// Use:   encode-poisson IMAGES.idx3-ubyte COUNT [SEED]; prints one JSON object. Time is CPU time of the image loop alone.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <immintrin.h>
#include <time.h>
#include <vector>

static double cpuSeconds() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return double(t.tv_sec) + 1e-9 * double(t.tv_nsec);
}

// splitmix64: wiring, initial states and the seeds of the noise lanes.
struct Random {
  uint64_t state;
  uint64_t next() {
    uint64_t z = (state += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  float uniform() { return float(next() >> 40) * 0x1.0p-24f; }
  uint32_t below(uint32_t n) { return uint32_t(((next() >> 32) * n) >> 32); }
};

constexpr int nExc = 1024, nInh = 256, units = nExc + nInh, excInputs = 102, inhInputs = 26, g = 5, side = 28;
constexpr int steps = 2500, delaySteps = 15, refractorySteps = 20, maxLevels = 12, alwaysLevels = 2;
constexpr float dt = 0.1f, tauMem = 20, J = 0.4f, theta = 20, reset = 10;

struct Wiring {
  std::vector<uint32_t> start = std::vector<uint32_t>(units + 1);
  std::vector<uint16_t> targets;
};

static Wiring wire(Random &random) {
  std::vector<std::vector<uint16_t>> rows(units);
  std::vector<int> mark(units, -1);
  for (int target = 0; target < units; target++) {
    const int first[2] = {0, nExc}, size[2] = {nExc, nInh}, inputs[2] = {excInputs, inhInputs};
    for (int p = 0; p < 2; p++)
      for (int left = inputs[p]; left > 0;) {
        const int source = first[p] + int(random.below(uint32_t(size[p])));
        if (source == target || mark[source] == target) continue;
        mark[source] = target;
        rows[source].push_back(uint16_t(target));
        left--;
      }
  }
  Wiring wiring;
  for (int source = 0; source < units; source++) {
    for (uint16_t target : rows[source]) wiring.targets.push_back(target);
    wiring.start[source + 1] = uint32_t(wiring.targets.size());
  }
  return wiring;
}

static int pixelOf(int unit) {
  const int width = unit < nExc ? 32 : 16, k = unit < nExc ? unit : unit - nExc;
  const int row = int((k / width + 0.5) / width * side), column = int((k % width + 0.5) / width * side);
  return row * side + column;
}

int main(int argc, char **argv) {
  if (argc < 3) return std::fprintf(stderr, "encode-poisson IMAGES COUNT [SEED]\n"), 2;
  const int images = std::atoi(argv[2]);
  FILE *file = std::fopen(argv[1], "rb");
  if (!file) return std::fprintf(stderr, "%s cannot be read.\n", argv[1]), 1;
  std::vector<uint8_t> pixels(size_t(images) * side * side);
  std::fseek(file, 16, SEEK_SET);
  if (std::fread(pixels.data(), 1, pixels.size(), file) != pixels.size()) return std::fprintf(stderr, "Too few images.\n"), 1;
  std::fclose(file);

  Random random{argc > 3 ? uint64_t(std::atoll(argv[3])) : 1};
  const Wiring wiring = wire(random);
  std::vector<int> looksAt(units);
  for (int i = 0; i < units; i++) looksAt[i] = pixelOf(i);

  // Level t of grey level b, as the signed 16-bit word above which the count exceeds t; 32767 is never exceeded.
  static int16_t table[maxLevels][256];
  int levels = 0;
  for (int b = 0; b < 256; b++) {
    const double mean = (1 + 2 * b / 255.0) * theta * dt / (J * tauMem);
    double p = std::exp(-mean), below = p;
    for (int t = 0; t < maxLevels; t++) {
      const int word = int(below * 65536) - 32769;
      table[t][b] = int16_t(word < 32767 ? word : 32767);
      if (word < 32767 && t + 1 > levels) levels = t + 1;
      p *= mean / (t + 1);
      below += p;
    }
  }

  alignas(64) static float voltage[units];
  alignas(64) static int16_t arriving[units], countdown[units], external[units], threshold[maxLevels][units];
  alignas(64) static uint32_t lanes[units / 2];
  static uint8_t masks[units / 8];
  static uint16_t ring[delaySteps][units];
  static int ringCount[delaySteps];
  std::vector<uint32_t> counts(units);
  long spikes = 0, events = 0;

  const double begun = cpuSeconds();
  for (int image = 0; image < images; image++) {
    const uint8_t *picture = pixels.data() + size_t(image) * side * side;
    for (int i = 0; i < units; i++) voltage[i] = random.uniform() * theta;
    for (uint32_t &lane : lanes) lane = uint32_t(random.next()) | 1;
    for (int t = 0; t < levels; t++)
      for (int i = 0; i < units; i++) threshold[t][i] = table[t][picture[looksAt[i]]];
    std::memset(arriving, 0, sizeof arriving);
    std::memset(countdown, 0, sizeof countdown);
    std::memset(ringCount, 0, sizeof ringCount);

    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < units; i += 16) {
        __m256i x = _mm256_load_si256((const __m256i *)(lanes + i / 2));
        x = _mm256_xor_si256(x, _mm256_slli_epi32(x, 13));
        x = _mm256_xor_si256(x, _mm256_srli_epi32(x, 17));
        x = _mm256_xor_si256(x, _mm256_slli_epi32(x, 5));
        _mm256_store_si256((__m256i *)(lanes + i / 2), x);
        // Both halves are scrambled, so that neither is the raw linear state.
        __m256i y = _mm256_mullo_epi32(x, _mm256_set1_epi32(int(0x9E3779B1u)));
        y = _mm256_xor_si256(y, _mm256_srli_epi32(y, 15));
        y = _mm256_mullo_epi32(y, _mm256_set1_epi32(int(0x85EBCA77u)));
        y = _mm256_xor_si256(y, _mm256_srli_epi32(y, 16));
        __m256i k = _mm256_setzero_si256();
        for (int t = 0; t < levels; t++) {
          const __m256i reached = _mm256_cmpgt_epi16(y, _mm256_load_si256((const __m256i *)(threshold[t] + i)));
          if (t >= alwaysLevels && _mm256_testz_si256(reached, reached)) break;
          k = _mm256_sub_epi16(k, reached);
        }
        _mm256_store_si256((__m256i *)(external + i), k);
      }

      const __m256 decay = _mm256_set1_ps(std::exp(-dt / tauMem)), weight = _mm256_set1_ps(J);
      for (int i = 0; i < units; i += 8) {
        const __m128i k16 = _mm_add_epi16(_mm_load_si128((const __m128i *)(external + i)), _mm_load_si128((const __m128i *)(arriving + i)));
        _mm_store_si128((__m128i *)(arriving + i), _mm_setzero_si128());
        const __m256 v = _mm256_load_ps(voltage + i), k = _mm256_cvtepi32_ps(_mm256_cvtepi16_epi32(k16));
        __m256i left = _mm256_cvtepi16_epi32(_mm_load_si128((const __m128i *)(countdown + i)));
        const __m256i refractory = _mm256_cmpgt_epi32(left, _mm256_setzero_si256());
        __m256 next = _mm256_fmadd_ps(k, weight, _mm256_mul_ps(v, decay));
        next = _mm256_blendv_ps(next, v, _mm256_castsi256_ps(refractory));
        left = _mm256_add_epi32(left, refractory);
        const __m256 fired = _mm256_cmp_ps(next, _mm256_set1_ps(theta), _CMP_GE_OQ);
        next = _mm256_blendv_ps(next, _mm256_set1_ps(reset), fired);
        left = _mm256_blendv_epi8(left, _mm256_set1_epi32(refractorySteps), _mm256_castps_si256(fired));
        _mm256_store_ps(voltage + i, next);
        _mm_store_si128((__m128i *)(countdown + i), _mm_packs_epi32(_mm256_castsi256_si128(left), _mm256_extracti128_si256(left, 1)));
        masks[i / 8] = uint8_t(_mm256_movemask_ps(fired));
      }

      const int slot = step % delaySteps;
      for (int n = 0; n < ringCount[slot]; n++) {
        const int source = ring[slot][n];
        const int16_t by = source < nExc ? 1 : -g;
        const uint16_t *from = &wiring.targets[wiring.start[source]], *end = wiring.targets.data() + wiring.start[source + 1];
        for (; from < end; from++) arriving[*from] = int16_t(arriving[*from] + by);
        events += wiring.start[source + 1] - wiring.start[source];
      }
      int fresh = 0;
      for (int group = 0; group < units / 8; group++)
        for (uint32_t mask = masks[group]; mask; mask &= mask - 1) ring[slot][fresh++] = uint16_t(8 * group + __builtin_ctz(mask));
      ringCount[slot] = fresh;
      for (int n = 0; n < fresh; n++) counts[ring[slot][n]]++;
      spikes += fresh;
    }
  }
  const double seconds = cpuSeconds() - begun;
  std::printf("{\"images\":%d,\"cpu_s\":%.5f,\"events\":%ld,\"spikes\":%ld,\"rate_hz\":%.3f}\n", images, seconds, events, spikes,
              double(spikes) / units / images / 0.25);
}
