/* Another size by weighted sums: each pixel is one of pixels along its row first, then along its column. */

#include "kernels.h"

typedef float Lanes __attribute__((vector_size(16)));
typedef uint8_t Bytes __attribute__((vector_size(4)));

/* One axis: for each pixel of the result the first of the `taps` pixels that it is made of, and their weights. */
typedef struct {
    const int32_t *first;
    const float *weights;
    int32_t taps, count;
} Axis;

/* `rows` holds one row of sums, then as many rows as the axis down has taps. `out` and `in` have `channels` bytes a
 * pixel, and strides that count bytes. */
typedef struct {
    uint8_t *out;
    const uint8_t *in;
    float *rows;
    ptrdiff_t out_stride, in_stride;
    Axis across, down;
    int32_t channels;
} Resampled;

static void pixels_across(float *restrict out, const uint8_t *restrict in, const Axis *axis) {
    for (int x = 0; x < axis->count; x++) {
        const uint8_t *from = in + (ptrdiff_t)axis->first[x] * 4;
        const float *weights = axis->weights + (ptrdiff_t)x * axis->taps;
        Lanes sum = {0.0f, 0.0f, 0.0f, 0.0f};
        for (int tap = 0; tap < axis->taps; tap++) {
            Bytes pixel;
            __builtin_memcpy(&pixel, from + tap * 4, 4);
            sum += __builtin_convertvector(pixel, Lanes) * weights[tap];
        }
        __builtin_memcpy(out + (ptrdiff_t)x * 4, &sum, 16);
    }
}

static void values_across(float *restrict out, const uint8_t *restrict in, const Axis *axis) {
    for (int x = 0; x < axis->count; x++) {
        const uint8_t *from = in + axis->first[x];
        const float *weights = axis->weights + (ptrdiff_t)x * axis->taps;
        float sum = 0.0f;
        for (int tap = 0; tap < axis->taps; tap++) sum += (float)from[tap] * weights[tap];
        out[x] = sum;
    }
}

static void add(float *restrict sums, const float *restrict row, float weight, ptrdiff_t length) {
    for (ptrdiff_t i = 0; i < length; i++) sums[i] += row[i] * weight;
}

static inline float within(float value, float most) {
    value = value < 0.0f ? 0.0f : value;
    return value > most ? most : value;
}

/* Sums overshoot beside edges: no value leaves its range, and no colour exceeds its alpha. */
static void round_pixels(uint8_t *restrict out, const float *restrict sums, int count) {
    for (int x = 0; x < count; x++, out += 4, sums += 4) {
        float alpha = within(sums[3], 255.0f);
        for (int channel = 0; channel < 3; channel++) out[channel] = (uint8_t)(int32_t)(within(sums[channel], alpha) + 0.5f);
        out[3] = (uint8_t)(int32_t)(alpha + 0.5f);
    }
}

static void round_values(uint8_t *restrict out, const float *restrict sums, int count) {
    for (int x = 0; x < count; x++) out[x] = (uint8_t)(int32_t)(within(sums[x], 255.0f) + 0.5f);
}

EXPORT void resample(const Resampled *job) {
    const Axis *down = &job->down;
    ptrdiff_t length = (ptrdiff_t)job->across.count * job->channels;
    float *kept = job->rows + length;
    int next = 0;
    for (int y = 0; y < down->count; y++) {
        int first = down->first[y];
        for (int row = max(next, first); row < first + down->taps; row++) {
            float *to = kept + row % down->taps * length;
            const uint8_t *from = job->in + row * job->in_stride;
            (job->channels == 4 ? pixels_across : values_across)(to, from, &job->across);
        }
        next = max(next, first + down->taps);
        for (ptrdiff_t i = 0; i < length; i++) job->rows[i] = 0.0f;
        for (int tap = 0; tap < down->taps; tap++)
            add(job->rows, kept + (first + tap) % down->taps * length, down->weights[(ptrdiff_t)y * down->taps + tap], length);
        (job->channels == 4 ? round_pixels : round_values)(job->out + y * job->out_stride, job->rows, job->across.count);
    }
}
