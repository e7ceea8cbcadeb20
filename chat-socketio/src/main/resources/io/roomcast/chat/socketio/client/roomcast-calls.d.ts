// Audio and video calls in browsers, for the client of Roomcast.

import type { Chat, Observable } from "./roomcast";
import type { CallEndedEvent, CallPeer, ErrorCode } from "../contract/chat-events";

/**
 * Returns the calls of a user in this page, always the same object for a chat. They end when the chat is closed. Create them
 * when the page opens: a call that rings or that a reload interrupted is then found immediately.
 *
 * Nothing throws because of the server, the network or a device: each answer is a success or a failure with a code.
 */
export function createCalls(chat: Chat, options?: CallsOptions): Calls;

export interface CallsOptions {
  /** What is requested of each microphone; echo cancellation, noise suppression and automatic gain if absent. */
  audio?: MediaTrackConstraints;
  /** What is requested of each camera; 1280 × 720 at 30 frames a second, or the nearest that it has, if absent. */
  video?: MediaTrackConstraints;
  /** What is requested when the screen is shared. */
  screen?: DisplayMediaStreamOptions;
  /** More settings of each RTCPeerConnection. The server decides iceServers and, with relayOnly, iceTransportPolicy. */
  connection?: RTCConfiguration;
}

export interface CallsSnapshot {
  /** Whether the browser and, as soon as it is known, the server support calls. A page without TLS does not. */
  readonly supported: boolean;
  /** The calls that ring on this device, the oldest first. */
  readonly incoming: readonly IncomingCall[];
  /** The call that this page takes part in, or is about to. */
  readonly call?: CurrentCall;
  /** How the last call of this page ended, until the next one begins. */
  readonly ended?: EndedCall;
  /** The microphones, cameras and speakers. Empty, or without names, until the user has allowed one of them. */
  readonly devices: CallDevices;
}

/** A call that rings on this device. It is removed when it is answered, declined or ended anywhere, and after its time. */
export interface IncomingCall {
  readonly callId: string;
  readonly conversationId: string;
  /** The user who started it. */
  readonly from: string;
  readonly media: "audio" | "video";
}

export interface CurrentCall {
  /** Absent until the server has answered start. */
  readonly callId?: string;
  readonly conversationId: string;
  /** What the call was started for. Participants may switch their cameras on and off in both. */
  readonly media: "audio" | "video";
  readonly status:
    /** The microphone or the server is awaited. */
    | "joining"
    /** A direct call that this user started, and nobody has answered. */
    | "ringing"
    /** Others take part, or may join at any time. */
    | "active";
  /** Whether this user started it. Who did, admins and owners may end it for all. */
  readonly isOwn: boolean;
  /** Whether the connection to the server is lost. Audio and video continue. */
  readonly away: boolean;
  /** When it became active for this page, in milliseconds of Date.now(). */
  readonly since?: number;
  /** The invited users who were connected when it was started. Empty after accept. */
  readonly rung: readonly string[];
  /** The users who have declined since this page joined. */
  readonly declined: readonly string[];
  readonly self: CallSelf;
  /** The others, in the order of joining. One user may have several devices. */
  readonly participants: readonly CallParticipant[];
  /** Whether participants connect to each other, or through the media server in sfu. */
  readonly mode: "mesh" | "sfu";
  /**
   * The access to the host's media server. Connect to it with its own library, and publish the tracks of self. The
   * participants then have no streams here. Replaced by another object after a lost connection to the chat server.
   */
  readonly sfu?: { readonly provider: string; readonly url: string; readonly token: string; readonly expiresAt: string };
}

/** What this device sends. */
export interface CallSelf {
  /** Absent while the call is joined. */
  readonly participantId?: string;
  /** Whether the microphone is on. */
  readonly audio: boolean;
  /** Whether the camera is on. */
  readonly video: boolean;
  /** Whether the screen is shared. */
  readonly screen: boolean;
  /** The microphone and the camera, as far as they are open. Show it muted. Another object when its tracks change. */
  readonly stream?: MediaStream;
  /** The shared screen. */
  readonly screenStream?: MediaStream;
  /** The id of the microphone in use, as in devices. */
  readonly microphone?: string;
  /** The id of the camera in use, as in devices. */
  readonly camera?: string;
  /** Why a device is off although the user wanted it on; for each kind, until it is switched on. */
  readonly problems: { readonly audio?: MediaFailure; readonly video?: MediaFailure; readonly screen?: MediaFailure };
}

/** Another participant: one device of a user. */
export interface CallParticipant {
  readonly participantId: string;
  /** 1, 2, 3, … in the order of joining. */
  readonly index: number;
  readonly userId: string;
  /** Whether its microphone is on. */
  readonly audio: boolean;
  /** Whether its camera is on. If not, its picture is frozen or black: show the user's name instead. */
  readonly video: boolean;
  /** Whether it shares its screen. */
  readonly screen: boolean;
  /** Whether its connection to the server is lost. It may still send audio and video. */
  readonly away: boolean;
  readonly connection:
    /** Not yet connected. */
    | "connecting"
    /** Audio and video flow. */
    | "connected"
    /** Interrupted. The client tries to connect again until one of both leaves. */
    | "reconnecting";
  /** Its microphone and camera. The same object as long as it takes part. Absent until it is known, and with a media server. */
  readonly stream?: MediaStream;
  /** Its shared screen, while it shares one. */
  readonly screenStream?: MediaStream;
}

/** How a call ended for this page. */
export interface EndedCall {
  readonly callId?: string;
  readonly conversationId: string;
  readonly reason:
    /** How the call ended for all: an outcome of the protocol. */
    | CallEndedEvent["reason"]
    /** This page left. A group's call may continue. */
    | "left"
    /** Another page of the user took over, such as a copy of this tab. */
    | "replaced"
    /** The user may no longer take part, or the session was ended. */
    | "removed";
  /** The user who ended it. */
  readonly by?: string;
  /** How long two or more took part, if known. */
  readonly durationMs?: number;
}

export interface CallDevices {
  readonly microphones: readonly CallDevice[];
  readonly cameras: readonly CallDevice[];
  /** Pass the id to setSinkId of the audio and video elements, where the browser has it. */
  readonly speakers: readonly CallDevice[];
}

export interface CallDevice {
  readonly deviceId: string;
  /** The name that the browser gives, empty until the user has allowed a device. */
  readonly label: string;
}

/** Why a device cannot be used. */
export interface MediaFailure {
  readonly success: false;
  readonly code: MediaErrorCode;
  /** A short English text that may be shown to users. */
  readonly error: string;
  readonly retryable: boolean;
}

export type MediaErrorCode =
  /** The user or the system does not allow it, or the user has cancelled the choice of a screen. */
  | "permission_denied"
  /** There is no such device, or it was removed. */
  | "device_not_found"
  /** Another program uses it, or the system cannot open it. */
  | "device_in_use"
  /** The browser has no calls, or has none in a page without TLS. */
  | "not_supported"
  /** Any other reason. */
  | "device_failed";

/**
 * Why a request failed: a code of a device, or of the server. The module itself answers busy if this page takes part in
 * another call, call_not_found if it takes part in none, and cancelled if end was called meanwhile.
 */
export interface CallFailure {
  readonly success: false;
  readonly code: MediaErrorCode | ErrorCode | "cancelled";
  /** A short English text that may be shown to users. */
  readonly error: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

export type CallAnswer<Result = { success: true }> = Result | CallFailure;

/** What a participant sends at first. */
export interface JoinOptions {
  /** Whether the microphone is on; true if absent. With false it is not opened, and nobody is asked for it. */
  audio?: boolean;
  /**
   * Whether the camera is on; if absent, as the call's media says. A camera that cannot be opened does not prevent the
   * call: self.problems.video says why it is off.
   */
  video?: boolean;
}

export interface Calls extends Observable<CallsSnapshot> {
  /**
   * Opens the microphone and starts a call in a conversation, or joins the one that it has: joined is then true. media is
   * audio if absent. Nothing is started if the microphone cannot be opened: the answer has the code, and with audio false
   * the user may start nevertheless. rung names the invited users who are connected.
   */
  start(
    conversationId: string,
    options?: JoinOptions & { media?: "audio" | "video" },
  ): Promise<CallAnswer<{ success: true; callId: string; joined: boolean; rung: readonly string[] }>>;
  /**
   * Opens the microphone and takes part in a call that rings, or in one that the conversation has: its callId is in the
   * snapshot of the room. Rings on if the microphone cannot be opened.
   */
  accept(callId: string, options?: JoinOptions): Promise<CallAnswer<{ success: true; callId: string }>>;
  /** Declines a call that rings, on all devices of the user. */
  decline(callId: string): Promise<CallAnswer>;
  /**
   * Leaves the call, also while it is joined. Closes all connections and devices immediately, whatever the server answers. A
   * direct call ends with it. forAll ends the call of a group; refused with forbidden, the page has left nevertheless.
   */
  end(options?: { forAll?: boolean }): Promise<CallAnswer>;
  /** Mutes the microphone, or switches it on. Opens it if it is not open. */
  setAudio(on: boolean): Promise<CallAnswer>;
  /** Switches the camera off or on. */
  setVideo(on: boolean): Promise<CallAnswer>;
  /** Shares the screen beside the camera, or ends this. Call it while a press is handled: browsers ask only then. */
  setScreen(on: boolean): Promise<CallAnswer>;
  /** Uses another microphone from now on, also in later calls. */
  chooseMicrophone(deviceId: string): Promise<CallAnswer>;
  /** Uses another camera from now on, also in later calls. */
  chooseCamera(deviceId: string): Promise<CallAnswer>;
  /** Leaves the call and ends all listeners and timers. */
  close(): void;
}

/** A participant as the server describes it, for example in the call of a room. */
export type { CallPeer };
