/**
 * Files of users in S3, in {@link io.roomcast.examples.files.S3Bucket}, and inspected by ClamAV, in {@link
 * io.roomcast.examples.files.ClamAvInspector}.
 */
@NullMarked
package io.roomcast.examples.files;

import org.jspecify.annotations.NullMarked;
