import { z } from 'zod';

// The page's policy forbids compiling code from strings; zod would try it, and the browser would report a violation.
// Imported before any schema.
z.config({ jitless: true });
