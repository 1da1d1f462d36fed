/* What a brush of any tip does to one tile: prints that are turned, squeezed and mirrored, seen through a grain. */

#include "kernels.h"

enum { ROUND, SQUARE, PICTURE };

/* A print: its centre in pixels of the tile, what a pixel's way is in the tip (-1..1 from side to side), how far it
 * reaches, the coverage that it never exceeds, what it adds of what is missing, and its colour. */
typedef struct {
    float x, y;
    float ux, uy, vx, vy;
    float reach, ceiling, flow;
    float colour[3];
} Stamp;

/* What prints look like: a kind, or alpha values in levels of half the side each, the largest first; and a surface of
 * one tile whose hollows they do not reach, unless NULL. */
typedef struct {
    const uint8_t *picture;
    const uint8_t *grain;
    int32_t kind, side;
    float hardness, depth;
} Tip;

static inline int whole_below(float value) {
    int whole = (int)value;
    return whole - (value < (float)whole);
}

static inline float within_unit(float value) { return value < 0.0f ? 0.0f : value > 1.0f ? 1.0f : value; }

static inline float length(float x, float y) { return __builtin_sqrtf(x * x + y * y); }

/* How much there is so many pixels inside of an edge that fades out over so many. */
static inline float softened(float inside, float width) {
    float fade = within_unit((inside + 0.5f / width) / width);
    return width > 2.0f ? fade * fade * (3.0f - 2.0f * fade) : fade;
}

static inline float softness(float hardness, float radius) {
    float width = (1.0f - hardness) * radius;
    return width < 1.0f ? 1.0f : width;
}

/* In a disc: how steep the distance from the centre is there tells how many pixels the edge is away. */
static inline float in_disc(const Stamp *stamp, float u, float v, float hardness) {
    float distance = length(u, v);
    if (distance < 1e-5f) return 1.0f;
    float steep = length(u * stamp->ux + v * stamp->vx, u * stamp->uy + v * stamp->vy) / distance;
    return softened((1.0f - distance) / steep, softness(hardness, 1.0f / steep));
}

static inline float in_square(const Stamp *stamp, float u, float v, float hardness) {
    float across = 1.0f / length(stamp->ux, stamp->uy), down = 1.0f / length(stamp->vx, stamp->vy);
    float beside = (1.0f - __builtin_fabsf(u)) * across, below = (1.0f - __builtin_fabsf(v)) * down;
    return softened(beside, softness(hardness, across)) * softened(below, softness(hardness, down));
}

static inline float value_of(const uint8_t *level, int side, int x, int y) {
    return x < 0 || y < 0 || x >= side || y >= side ? 0.0f : (float)level[y * side + x];
}

static inline float in_picture(const uint8_t *level, int side, float u, float v) {
    float x = (u + 1.0f) * 0.5f * (float)side - 0.5f, y = (v + 1.0f) * 0.5f * (float)side - 0.5f;
    int left = whole_below(x), top = whole_below(y);
    float right = x - (float)left, lower = y - (float)top;
    float above = value_of(level, side, left, top) * (1.0f - right) + value_of(level, side, left + 1, top) * right;
    float below =
        value_of(level, side, left, top + 1) * (1.0f - right) + value_of(level, side, left + 1, top + 1) * right;
    return (above * (1.0f - lower) + below * lower) / 255.0f;
}

/* The colour of a pixel that has gathered `before`, nearer to that of a print that covers a share of it. */
static inline void tint(float *colour, const float *print, float before, float share, float ceiling) {
    float added = share * ceiling, whole = before * (1.0f - share) + added;
    float weight = whole > 0.0f ? added / whole : 0.0f;
    for (int i = 0; i < 3; i++) colour[i] += (print[i] - colour[i]) * weight;
}

static inline void include(Area *area, int x, int y) {
    area->left = min(area->left, x);
    area->right = max(area->right, x + 1);
    area->top = min(area->top, y);
    area->bottom = max(area->bottom, y + 1);
}

static void stamp_one(float *coverage, ptrdiff_t stride, float *colours, Area within, const Stamp *stamp,
                      const Tip *tip, Area *area) {
    const uint8_t *level = tip->picture;
    int side = tip->side;
    float across = 2.0f / length(stamp->ux, stamp->uy);
    for (; tip->kind == PICTURE && side > 4 && (float)side > 1.5f * across; side /= 2) level += side * side;
    int top = max(within.top, whole_below(stamp->y - stamp->reach));
    int bottom = min(within.bottom, -whole_below(-stamp->y - stamp->reach));
    int left = max(within.left, whole_below(stamp->x - stamp->reach));
    int right = min(within.right, -whole_below(-stamp->x - stamp->reach));
    for (int y = top; y < bottom; y++)
        for (int x = left; x < right; x++) {
            float dx = (float)x + 0.5f - stamp->x, dy = (float)y + 0.5f - stamp->y;
            float u = dx * stamp->ux + dy * stamp->uy, v = dx * stamp->vx + dy * stamp->vy;
            float share = tip->kind == ROUND    ? in_disc(stamp, u, v, tip->hardness)
                          : tip->kind == SQUARE ? in_square(stamp, u, v, tip->hardness)
                                                : in_picture(level, side, u, v);
            share *= stamp->flow;
            if (share <= 0.0f) continue;
            float ceiling = stamp->ceiling, *here = coverage + y * stride + x;
            if (tip->grain)
                ceiling *= 1.0f - tip->depth * (1.0f - (float)tip->grain[y * TILE_SIDE + x] / 255.0f);
            float gain = (ceiling - *here) * share;
            if (colours) tint(colours + (y * TILE_SIDE + x) * 3, stamp->colour, *here, share, ceiling);
            if (gain > 0.0f) *here += gain;
            if (gain > 0.0f || colours) include(area, x, y);
        }
}

/* Prints in turn; `area` becomes a rectangle around what changed, empty (right <= left) if nothing did. `within` lies
 * in the tile. `colours`, three a pixel, 0..255, are those that the prints leave, unless NULL. */
EXPORT void stamp(float *coverage, ptrdiff_t stride, float *colours, const Area *within, const Stamp *stamps,
                  int32_t count, const Tip *tip, Area *area) {
    *area = (Area){within->right, within->bottom, within->left, within->top};
    for (int i = 0; i < count; i++) stamp_one(coverage, stride, colours, *within, stamps + i, tip, area);
}
