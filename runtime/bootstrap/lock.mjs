import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { STATE, say } from './step.mjs';

/** A lock this old belongs to a process long gone whose id another one has now. */
const LONGEST = 60 * 60 * 1000;

/**
 * Does work while no other process of this clone prepares anything. A lock whose holder is gone is
 * taken over, so an interrupted run does not block the next one.
 */
export async function withLock(work) {
  mkdirSync(STATE, { recursive: true });
  const lock = join(STATE, 'bootstrap.lock');
  let told = false;
  while (!take(lock)) {
    if (!told) say('waits for another lakewright that sets this clone up');
    told = true;
    await pause(500);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    // `wx` fails when the file is there, so that of two processes one wins.
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    dropIfDead(lock);
    return false;
  }
}

function dropIfDead(lock) {
  if (isAlive(lock)) return;
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    // Another process may have taken the lock since it was looked at: then it gets it back.
    if (isAlive(aside)) renameSync(aside, lock);
    else rmSync(aside);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error; // gone already: free to take
  }
}

function isAlive(lock) {
  try {
    const { mtimeMs } = statSync(lock);
    if (Date.now() - mtimeMs > LONGEST) return false;
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
