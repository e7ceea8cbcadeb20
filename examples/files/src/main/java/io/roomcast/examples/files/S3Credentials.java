package io.roomcast.examples.files;

import static java.util.Objects.requireNonNull;

/**
 * What signs requests to S3.
 *
 * @param region the region of the bucket, such as {@code eu-central-1}
 * @param accessKey the id of the key
 * @param secretKey the key itself
 */
public record S3Credentials(String region, String accessKey, String secretKey) {
    /** Rejects null. */
    public S3Credentials {
        requireNonNull(region, "region");
        requireNonNull(accessKey, "accessKey");
        requireNonNull(secretKey, "secretKey");
    }

    /** Returns the region and the id of the key. */
    @Override
    public String toString() {
        return accessKey + " in " + region;
    }
}
