/* Windows asks every library for an entry; this one has nothing to set up and no C library to do it. */

#ifdef _WIN32
int __stdcall DllMainCRTStartup(void *library, unsigned reason, void *reserved) {
    (void)library, (void)reason, (void)reserved;
    return 1;
}
#else
typedef int nothing_to_enter;
#endif
