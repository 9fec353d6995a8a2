export const regionPath = (code: string): string => code
