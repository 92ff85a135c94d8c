const days: number = 'seven';

export default days;
