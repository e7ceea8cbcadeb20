package io.roomcast.chat.socketio.guard;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Collects Netty's reports of buffers that were not released and timers that were not stopped. */
final class Leaks extends ResourceLeakDetectorFactory {
    private static final Collection<String> FOUND = new ConcurrentLinkedQueue<>();

    private final ResourceLeakDetectorFactory standard;

    private Leaks(ResourceLeakDetectorFactory standard) {
        this.standard = standard;
    }

    /** Installs the detector. Call it before the first buffer is allocated. */
    static void watch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        setResourceLeakDetectorFactory(new Leaks(instance()));
    }

    static List<String> found() {
        return List.copyOf(FOUND);
    }

    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int interval) {
        ResourceLeakDetector<T> detector = standard.newResourceLeakDetector(type, interval);
        detector.setLeakListener((leaked, records) -> FOUND.add(leaked + records));
        return detector;
    }

    @Override
    @Deprecated
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int interval, long most) {
        return newResourceLeakDetector(type, interval);
    }
}
