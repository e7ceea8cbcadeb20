package io.roomcast.chat.socketio.internal.tls;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves TLS with a certificate chain and a key from two files, and checks the files for changes on its own thread.
 *
 * <p>New connections use changed files once these are the same in two successive checks and match each other. Until
 * then, or if they do not match, the old files stay in use.
 */
final class PemTls implements ServerTls {
    private static final Logger log = LoggerFactory.getLogger(PemTls.class);

    private final Path certificates;
    private final Path key;
    private final Duration interval;
    private PemFile[] lastTried;
    private PemFile[] lastRead;
    private String lastWarning = "";
    private volatile SslContext context;

    @Nullable
    private ScheduledExecutorService thread;

    /**
     * Reads the files; blocks.
     *
     * @throws IllegalArgumentException if they cannot be used
     */
    PemTls(Path certificates, Path key, Duration interval) {
        this.certificates = certificates;
        this.key = key;
        this.interval = interval;
        this.lastTried = read();
        this.lastRead = lastTried;
        this.context = context(lastTried);
    }

    private PemFile[] read() {
        return new PemFile[] {PemFile.read(certificates), PemFile.read(key)};
    }

    private static SslContext context(PemFile... files) {
        List<X509Certificate> chain = PemCertificates.read(files[0]);
        PrivateKey privateKey = PemKey.read(files[1]);
        for (int i = 0; i < chain.size(); i++) {
            if (KeyPairs.match(privateKey, chain.get(i).getPublicKey())) {
                return contextOfFirst(i, files, chain, privateKey);
            }
        }
        throw files[1].refused(
                "is not the key of the certificate in " + files[0].path(),
                "the same from: openssl pkey -pubout -in " + files[1].path() + "; openssl x509 -noout -pubkey -in "
                        + files[0].path());
    }

    private static SslContext contextOfFirst(
            int index, PemFile[] files, List<X509Certificate> chain, PrivateKey privateKey) {
        if (index > 0) {
            throw files[0].refused(
                    "has the certificate of the key as number " + (index + 1),
                    "that one first, then the certificates that signed it");
        }
        return TlsContexts.of(privateKey, chain);
    }

    @Override
    public SslContext context() {
        return context;
    }

    @Override
    public String source() {
        return "PEM file " + certificates;
    }

    @Override
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "roomcast-certificates");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.scheduleWithFixedDelay(
                this::checkFiles, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    /** Checks the files once; blocks. */
    synchronized void checkFiles() {
        try {
            PemFile[] files = read();
            boolean isComplete = areSame(files, lastRead);
            lastRead = files;
            if (isComplete && !areSame(files, lastTried)) {
                lastTried = files;
                context = context(files);
                lastWarning = "";
                log.info("using the new certificate in {} for new connections", certificates);
            }
        } catch (IllegalArgumentException unusable) {
            warn(String.valueOf(unusable.getMessage()));
        } catch (RuntimeException unexpected) {
            log.warn("could not check for a new certificate; still using the old one", unexpected);
        }
    }

    /** Logs a warning, unless it is the same as the last. */
    private void warn(String reason) {
        if (!reason.equals(lastWarning)) {
            lastWarning = reason;
            log.warn("still using the old certificate: {}", reason);
        }
    }

    private static boolean areSame(PemFile[] files, PemFile[] others) {
        return files[0].hasSameBytes(others[0]) && files[1].hasSameBytes(others[1]);
    }
}
