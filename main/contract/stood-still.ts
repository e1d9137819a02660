/**
 * Name of the file in the core's data folder that says: the core before this one was killed because its loop stood still. The launcher writes it, and
 * under systemd the unit does (`ExecStopPost=`); a pulled plug or a crash leaves none. The next core takes it.
 */
export const STOOD_STILL = 'stood-still';
