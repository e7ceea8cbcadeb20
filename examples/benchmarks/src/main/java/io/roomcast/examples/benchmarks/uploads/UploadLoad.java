package io.roomcast.examples.benchmarks.uploads;

import io.roomcast.examples.benchmarks.process.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Uploads at a fixed rate, each on a thread of its own. For one thread. */
final class UploadLoad implements AutoCloseable {
    private static final long SIZE = 1_900_000_000;

    private final List<Upload> uploads = new ArrayList<>();
    private volatile boolean closed;
    private volatile String fault = "";

    /** Starts a number of uploads at Roomcast. */
    static UploadLoad start(ServerProcess server, int number, double bytesPerSecond)
            throws IOException, InterruptedException {
        UploadLoad load = new UploadLoad();
        for (int i = 0; i < number; i++) {
            Upload upload = new Upload(server.address());
            load.uploads.add(upload);
            String path = upload.begin(SIZE);
            Thread thread = new Thread(() -> load.run(upload, path, bytesPerSecond), "upload-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        return load;
    }

    private void run(Upload upload, String path, double bytesPerSecond) {
        try {
            upload.put(path, SIZE, bytesPerSecond);
        } catch (IOException | InterruptedException ended) {
            if (!closed) {
                fault = String.valueOf(ended);
            }
        }
    }

    /** Returns the number of bytes that all have sent. */
    long sent() {
        return uploads.stream().mapToLong(Upload::sent).sum();
    }

    /** Returns why an upload has ended by itself; empty if none has. */
    String fault() {
        return fault;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (Upload upload : uploads) {
            upload.close();
        }
    }
}
